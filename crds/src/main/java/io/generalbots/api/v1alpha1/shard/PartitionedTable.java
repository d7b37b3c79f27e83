package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Identifier;

/** A table that is partitioned. */
@ApiObject
public record PartitionedTable(
    @JsonPropertyDescription(
            "Name of the table; its partitions are named <name>_2024_01 and so on.")
        @Required
        @Identifier
        String name,
    @JsonPropertyDescription("Column of type timestamptz or date that chooses the partition.")
        @Required
        @Identifier
        String column) {}
