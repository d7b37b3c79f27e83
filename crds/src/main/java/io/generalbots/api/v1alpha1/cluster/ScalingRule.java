package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Line;
import io.generalbots.api.v1alpha1.schema.ListSet;
import io.generalbots.api.v1alpha1.schema.LongLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule. */
@ApiObject
@ValidationRule(
    value = "self.below < self.above",
    message = "below must be lower than above, or the cluster would swing: lower below",
    fieldPath = ".below")
@ValidationRule(
    value = "(self.metric != 'Cpu' && self.metric != 'Memory') || self.above <= 100",
    message = "Cpu and Memory are percentages: write above as 1 to 100",
    fieldPath = ".above")
@ValidationRule(
    value = "(self.metric == 'Query') == has(self.query)",
    message = "metric Query needs a query, and no other metric has one: write query, or remove it",
    fieldPath = ".metric")
@ValidationRule(
    value = "self.metric == 'QueueDepth' || !has(self.queues)",
    message =
        "queues are what metric QueueDepth counts, and no other metric has any: write metric QueueDepth, or remove queues",
    fieldPath = ".queues")
public record ScalingRule(
    @JsonPropertyDescription(
            "Cpu and Memory (percent of the request), RequestsPerSecond (per bot server), ResponseTimeMillis (95th percentile), QueueDepth (messages that wait) or Query (what a query of Prometheus comes to).")
        @Required
        ScalingMetric metric,
    @JsonPropertyDescription("More than this scales out.") @Required @Min(1) @Max(10000000)
        Integer above,
    @JsonPropertyDescription("How long it must be above.") @Default("0") @Min(0) @Max(3600)
        Integer aboveSeconds,
    @JsonPropertyDescription("Less than this allows scaling in.") @Required @Min(0) @Max(10000000)
        Integer below,
    @JsonPropertyDescription("How long it must be below.") @Default("0") @Min(0) @Max(86400)
        Integer belowSeconds,
    @JsonPropertyDescription(
            "Of metric Query: the query, in PromQL, that autoscaling.prometheus is asked; one number.")
        @LongLine
        @Nullable String query,
    @JsonPropertyDescription(
            "Of metric QueueDepth: the queues whose waiting messages are counted together, each the name of a stream in the cluster's Valkey, database 0. Without any the rule is left aside.")
        @Size(min = 1, max = 32)
        @ListSet
        List<@Line String> queues) {
  public ScalingRule {
    queues = Absent.toEmpty(queues);
  }
}
