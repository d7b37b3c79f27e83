package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ListMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scales the bot servers by rules. */
@ApiObject
@ValidationRule(
    value = "self.minReplicas <= self.maxReplicas",
    message = "minReplicas is above maxReplicas: lower minReplicas or raise maxReplicas",
    fieldPath = ".minReplicas")
@ValidationRule(
    value = "has(self.prometheus) || self.rules.all(r, r.metric != 'Query')",
    message = "a rule has a query and nobody is asked it: set prometheus.url",
    fieldPath = ".rules")
public record AutoscalingSpec(
    @JsonPropertyDescription(
            "Whether the number of bot servers follows the rules; off when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Fewest bot servers.") @Default("1") @Min(1) @Max(100)
        Integer minReplicas,
    @JsonPropertyDescription("Most bot servers.") @Default("10") @Min(1) @Max(100)
        Integer maxReplicas,
    @JsonPropertyDescription("Rest after each change.") @Default("300") @Min(0) @Max(86400)
        Integer cooldownSeconds,
    @JsonPropertyDescription("Pause between two looks at the metrics.")
        @Default("30")
        @Min(5)
        @Max(3600)
        Integer checkIntervalSeconds,
    @JsonPropertyDescription("Apply, or DryRun: decide and report, change nothing.")
        @Default("Apply")
        ScalingMode mode,
    @JsonPropertyDescription(
            "One rule per metric. Any rule that is exceeded scales out; all of them together allow scaling in.")
        @Default(
            "[{\"metric\":\"Cpu\",\"above\":70,\"aboveSeconds\":120,\"below\":30,\"belowSeconds\":300},{\"metric\":\"Memory\",\"above\":80,\"aboveSeconds\":120,\"below\":40,\"belowSeconds\":300},{\"metric\":\"RequestsPerSecond\",\"above\":1000,\"below\":200},{\"metric\":\"ResponseTimeMillis\",\"above\":2000,\"below\":500},{\"metric\":\"QueueDepth\",\"above\":100,\"below\":10}]")
        @Size(max = 6)
        @ListMap("metric")
        List<ScalingRule> rules,
    @JsonPropertyDescription("Who is asked the queries of rules.")
        @Nullable ScalingPrometheusSpec prometheus) {
  public AutoscalingSpec {
    rules = Absent.toEmpty(rules);
  }
}
