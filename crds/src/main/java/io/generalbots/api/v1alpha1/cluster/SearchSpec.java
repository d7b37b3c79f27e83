package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** Full-text search. */
@ApiObject
@ValidationRule(
    value = "self.provider != 'Tantivy' || self.tantivy.enabled",
    message = "provider Tantivy needs the service: set search.tantivy.enabled to true",
    fieldPath = ".tantivy.enabled")
public record SearchSpec(
    @JsonPropertyDescription("Qdrant (hybrid search) or Tantivy (BM25, phrases, facets).")
        @Default("Qdrant")
        SearchProvider provider,
    @JsonPropertyDescription("The Tantivy service.") @Default("{}") TantivySpec tantivy) {}
