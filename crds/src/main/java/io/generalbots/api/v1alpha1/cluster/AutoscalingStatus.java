package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ListMap;
import io.generalbots.api.v1alpha1.schema.Message;
import io.generalbots.api.v1alpha1.schema.Timestamp;
import io.generalbots.api.v1alpha1.schema.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the scaling rules last decided. */
@ApiObject
public record AutoscalingStatus(
    @JsonPropertyDescription("Bot servers that the rules ask for.") @Min(0)
        @Nullable Integer desired,
    @JsonPropertyDescription("What spec.botserver.replicas was when it was decided.") @Min(0)
        @Nullable Integer base,
    @JsonPropertyDescription("Why it was decided, in a word.") @Word @Nullable String reason,
    @JsonPropertyDescription("Why it was decided, with the numbers.") @Message
        @Nullable String message,
    @JsonPropertyDescription("When the number last changed.") @Timestamp
        @Nullable String lastScaleTime,
    @JsonPropertyDescription("A recent value of each metric; small changes are not told.")
        @Size(max = 6)
        @ListMap("metric")
        List<ScalingSample> samples,
    @JsonPropertyDescription("The last decisions to change the number, the latest first.")
        @Size(max = 5)
        List<ScalingDecision> decisions) {
  public AutoscalingStatus {
    samples = Absent.toEmpty(samples);
    decisions = Absent.toEmpty(decisions);
  }
}
