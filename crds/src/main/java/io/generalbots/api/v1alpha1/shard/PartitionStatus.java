package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Identifier;
import io.generalbots.api.v1alpha1.schema.Timestamp;
import org.jspecify.annotations.Nullable;

/** State of a partition. */
@ApiObject
public record PartitionStatus(
    @JsonPropertyDescription("Name of the partition.") @Required @Identifier String name,
    @JsonPropertyDescription("Table it belongs to.") @Required @Identifier String table,
    @JsonPropertyDescription("Start of its time, inclusive.") @Timestamp @Nullable String from,
    @JsonPropertyDescription("End of its time, exclusive.") @Timestamp @Nullable String to,
    @JsonPropertyDescription("State in one word.") @Required PartitionState state,
    @JsonPropertyDescription("Size in bytes.") @Min(0) @Nullable Long bytes) {}
