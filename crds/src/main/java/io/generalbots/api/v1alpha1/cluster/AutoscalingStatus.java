package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ListMap;
import io.generalbots.api.v1alpha1.schema.Message;
import io.generalbots.api.v1alpha1.schema.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the scaling rules last decided. */
@ApiObject
public record AutoscalingStatus(
    @JsonPropertyDescription("Bot servers that the rules ask for.") @Min(0)
        @Nullable Integer desired,
    @JsonPropertyDescription("Why it was decided.") @Message @Nullable String reason,
    @JsonPropertyDescription("When the number last changed.") @Timestamp
        @Nullable String lastScaleTime,
    @JsonPropertyDescription("Latest value of each metric.") @Size(max = 5) @ListMap("metric")
        List<ScalingSample> samples) {
  public AutoscalingStatus {
    samples = Absent.toEmpty(samples);
  }
}
