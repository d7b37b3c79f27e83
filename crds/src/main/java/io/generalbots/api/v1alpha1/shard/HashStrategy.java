package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Identifier;
import io.generalbots.api.v1alpha1.schema.ListSet;
import java.util.List;

/** Rows by the hash of a key. */
@ApiObject
@ValidationRule(
    value = "self.key == oldSelf.key",
    message = "key cannot change: create a new ShardPolicy and move the data",
    fieldPath = ".key")
public record HashStrategy(
    @JsonPropertyDescription("Number of shards. Changing it makes a resharding plan.")
        @Default("4")
        @Min(1)
        @Max(256)
        Integer count,
    @JsonPropertyDescription("Column whose hash chooses the shard.") @Default("user_id") @Identifier
        String key,
    @JsonPropertyDescription(
            "ConsistentHash (few keys move when count changes) or Modulo (most do).")
        @Default("ConsistentHash")
        HashAlgorithm algorithm,
    @JsonPropertyDescription(
            "Tables that are spread; all that have the key and can be, when left out. One that is spread stays so.")
        @Size(max = 100)
        @ListSet
        List<@Identifier String> tables) {
  public HashStrategy {
    tables = Absent.toEmpty(tables);
  }
}
