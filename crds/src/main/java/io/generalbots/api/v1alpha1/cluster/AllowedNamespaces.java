package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import org.jspecify.annotations.Nullable;

/** A set of namespaces. */
@ApiObject
@ValidationRule(
    value = "(self.from == 'Selector') == has(self.selector)",
    message = "from Selector and selector belong together: write both, or neither",
    fieldPath = ".selector")
public record AllowedNamespaces(
    @JsonPropertyDescription("Same, Selector (namespaces whose labels match selector) or All.")
        @Default("Same")
        NamespacesFrom from,
    @JsonPropertyDescription("Labels of the namespaces, for from: Selector.")
        @Nullable LabelSelector selector) {}
