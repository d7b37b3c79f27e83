package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ListMap;
import java.util.List;

/** Rows by time. */
@ApiObject
public record TimeStrategy(
    @JsonPropertyDescription("Length of a partition: Daily, Weekly, Monthly or Yearly.")
        @Default("Monthly")
        Interval interval,
    @JsonPropertyDescription("Months after which a partition leaves the database.")
        @Default("12")
        @Min(1)
        @Max(1200)
        Integer retentionMonths,
    @JsonPropertyDescription("Writes a partition to the object store before it is dropped.")
        @Default("true")
        Boolean autoArchive,
    @JsonPropertyDescription("Partitions that exist ahead of time.") @Default("3") @Min(1) @Max(60)
        Integer createAhead,
    @JsonPropertyDescription("Tables that are partitioned.")
        @Required
        @Size(max = 100)
        @ListMap("name")
        List<PartitionedTable> tables) {
  public TimeStrategy {
    tables = Absent.toEmpty(tables);
  }
}
