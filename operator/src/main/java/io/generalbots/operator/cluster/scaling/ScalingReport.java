package io.generalbots.operator.cluster.scaling;

import io.generalbots.api.v1alpha1.cluster.AutoscalingStatus;
import io.generalbots.api.v1alpha1.cluster.ScalingDecision;
import io.generalbots.scaling.Decision;
import io.generalbots.scaling.Direction;
import io.generalbots.scaling.Metric;
import io.generalbots.scaling.Reason;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is told of the rules. It is written anew only when there is news: another decision, or a
 * value that has moved for anybody to see. Otherwise each look would be a write.
 */
record ScalingReport(Elastic elastic) {

  /** As many as the definition lets in. */
  private static final int MOST_DECISIONS = 5;

  AutoscalingStatus status() {
    return elastic
        .rival()
        .map(this::aside)
        .or(() -> elastic.decision().filter(this::isNews).map(this::written))
        .orElseGet(() -> elastic.former().map(this::kept).orElseGet(this::first));
  }

  private boolean isNews(Decision decision) {
    return elastic
        .former()
        .filter(former -> former.decisions().equals(decisions(decision)))
        .filter(former -> decision.reason().word().equals(former.reason()))
        .filter(former -> Objects.equals(former.desired(), decision.to()))
        .filter(former -> !samples().haveMovedFrom(former.samples()))
        .isEmpty();
  }

  private AutoscalingStatus written(Decision decision) {
    return new AutoscalingStatus(
        decision.to(),
        elastic.base(),
        decision.reason().word(),
        message(decision),
        scaled(decision.to()),
        samples().told(),
        decisions(decision));
  }

  /** Nothing new was measured, or nothing that is worth a word; perhaps somebody set the number. */
  private AutoscalingStatus kept(AutoscalingStatus former) {
    var isSet = !Objects.equals(former.base(), elastic.base());
    return new AutoscalingStatus(
        elastic.current(),
        elastic.base(),
        isSet ? Reasons.SET_BY_SOMEBODY : former.reason(),
        isSet ? set() : former.message(),
        scaled(elastic.current()),
        former.samples(),
        former.decisions());
  }

  private AutoscalingStatus aside(String rival) {
    var former = elastic.former().orElseGet(this::first);
    return new AutoscalingStatus(
        elastic.base(),
        elastic.base(),
        Reasons.ANOTHER_AUTOSCALER,
        "the rules stand aside while HorizontalPodAutoscaler %s sets the number".formatted(rival),
        former.lastScaleTime(),
        former.samples(),
        former.decisions());
  }

  private AutoscalingStatus first() {
    return new AutoscalingStatus(
        elastic.base(), elastic.base(), null, null, null, List.of(), List.of());
  }

  private String set() {
    return "spec.botserver.replicas was set to " + elastic.base();
  }

  /** When the number that runs last changed. */
  private @Nullable String scaled(int desired) {
    var changes = elastic.isApplied() && desired != elastic.current();
    return Optional.of(elastic.facts().now())
        .filter(now -> changes)
        .or(elastic::lastScaled)
        .map(time -> time.truncatedTo(ChronoUnit.MILLIS).toString())
        .orElse(null);
  }

  /** Of the same wish, which a dry run repeats with each look, the first is told. */
  private List<ScalingDecision> decisions(Decision decision) {
    var former = elastic.former().map(AutoscalingStatus::decisions).orElse(List.of());
    var isRepeated =
        !elastic.isApplied() && former.stream().limit(1).anyMatch(d -> isOf(d, decision));
    return decision.direction() == Direction.NONE || isRepeated
        ? former
        : Stream.concat(Stream.of(told(decision)), former.stream()).limit(MOST_DECISIONS).toList();
  }

  private static boolean isOf(ScalingDecision told, Decision decision) {
    return told.from() == decision.from()
        && told.to() == decision.to()
        && told.reason().equals(decision.reason().word());
  }

  private ScalingDecision told(Decision decision) {
    return new ScalingDecision(
        load().at().truncatedTo(ChronoUnit.SECONDS).toString(),
        decision.from(),
        decision.to(),
        decision.reason().word(),
        decision.message(),
        samples().told());
  }

  private String message(Decision decision) {
    var missing =
        decision.reason() == Reason.METRICS_MISSING
            ? load().missing().entrySet().stream()
                .map(e -> "; %s: %s".formatted(e.getKey().label(), e.getValue()))
                .sorted()
                .collect(Collectors.joining())
            : "";
    return decision.message() + missing + leftAside();
  }

  private String leftAside() {
    return new RuleBook(elastic.cluster())
        .aside().stream().map(ScalingReport::leftAside).collect(Collectors.joining());
  }

  private static String leftAside(Metric metric) {
    return metric == Metric.QUEUE_DEPTH
        ? "; the rule of queue depth names no queues and is left aside: write rules[].queues"
        : "; nothing here has any %s: that rule is left aside".formatted(metric.label());
  }

  private Samples samples() {
    return new Samples(load(), new RuleBook(elastic.cluster()).rules());
  }

  /** There is one where there is a decision. */
  private Load load() {
    return elastic.facts().surroundings().reading(Load.class).orElseThrow();
  }
}
