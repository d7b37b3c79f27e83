package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Message;
import io.generalbots.api.v1alpha1.schema.Timestamp;
import io.generalbots.api.v1alpha1.schema.Word;
import java.util.List;

/** A change of the number of bot servers, and what it was decided by. */
@ApiObject
public record ScalingDecision(
    @JsonPropertyDescription("When it was decided.") @Required @Timestamp String time,
    @JsonPropertyDescription("Bot servers before.") @Required @Min(0) Integer from,
    @JsonPropertyDescription("Bot servers after.") @Required @Min(0) Integer to,
    @JsonPropertyDescription("Why, in a word.") @Required @Word String reason,
    @JsonPropertyDescription("Why, with the numbers.") @Required @Message String message,
    @JsonPropertyDescription("What was measured then.") @Size(max = 6)
        List<ScalingSample> samples) {
  public ScalingDecision {
    samples = Absent.toEmpty(samples);
  }
}
