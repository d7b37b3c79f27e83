package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** What a shard is made of. */
@ApiObject
public record ShardsSpec(
    @JsonPropertyDescription(
            "true: each shard is a PostgreSQL cluster of its own; false: databases on the BotCluster's PostgreSQL. It cannot change.")
        @Default("true")
        Boolean dedicated,
    @JsonPropertyDescription("Size of each dedicated shard.") @Default("{}")
        ShardTemplate template) {}
