package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;

/** A GeoIP database. */
@ApiObject
public record GeoDatabase(
    @JsonPropertyDescription("Secret whose key database.mmdb holds the database.")
        @Required
        @ObjectName
        String secretName) {}
