package io.generalbots.operator.cluster.scaling;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.AutoscalingSpec;
import io.generalbots.api.v1alpha1.cluster.ScalingMetric;
import io.generalbots.api.v1alpha1.cluster.ScalingRule;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.scaling.Metric;
import io.generalbots.scaling.Policy;
import io.generalbots.scaling.Rule;
import java.time.Duration;
import java.util.List;

/**
 * The rules of a BotCluster as the engine takes them. A rule whose metric nothing here could ever
 * have is left aside: it is not missing, and keeps nobody from scaling in.
 *
 * @param cluster with all its defaults
 */
public record RuleBook(BotCluster cluster) {

  /** Whether the number of bot servers follows rules now. */
  public static boolean isOpen(BotCluster cluster) {
    return Boolean.TRUE.equals(cluster.getSpec().autoscaling().enabled())
        && !cluster.getSpec().hibernate()
        && Features.isOn(cluster, "botserver");
  }

  /** The engine's rules and their frame. */
  public Policy policy() {
    var spec = spec();
    return new Policy(
        spec.minReplicas(),
        spec.maxReplicas(),
        Duration.ofSeconds(spec.cooldownSeconds()),
        Duration.ofSeconds(spec.checkIntervalSeconds()),
        rules().stream().map(RuleBook::rule).toList());
  }

  /** Those that have a source here. */
  public List<ScalingRule> rules() {
    return spec().rules().stream().filter(this::hasSource).toList();
  }

  /** The metrics of those that have none. */
  List<Metric> aside() {
    return spec().rules().stream()
        .filter(rule -> !hasSource(rule))
        .map(rule -> metric(rule.metric()))
        .toList();
  }

  /** The engine's word for a metric. */
  public static Metric metric(ScalingMetric metric) {
    return Metric.valueOf(metric.name());
  }

  /** The API's word for a metric. */
  static ScalingMetric metric(Metric metric) {
    return ScalingMetric.valueOf(metric.name());
  }

  /** Nothing but the rule itself can tell in which queues there is work for bot servers. */
  private boolean hasSource(ScalingRule rule) {
    return switch (rule.metric()) {
      case CPU, MEMORY, QUERY -> true;
      case REQUESTS_PER_SECOND, RESPONSE_TIME_MILLIS -> Features.isOn(cluster, "gateway");
      case QUEUE_DEPTH -> !rule.queues().isEmpty();
    };
  }

  private static Rule rule(ScalingRule rule) {
    return new Rule(
        metric(rule.metric()),
        rule.above(),
        Duration.ofSeconds(rule.aboveSeconds()),
        rule.below(),
        Duration.ofSeconds(rule.belowSeconds()));
  }

  private AutoscalingSpec spec() {
    return cluster.getSpec().autoscaling();
  }
}
