package io.generalbots.operator.external.load;

import io.generalbots.api.v1alpha1.cluster.ScalingRule;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.scaling.RuleBook;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.queue.Queues;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One look at the load: each source is asked once at most, and only for what a rule needs.
 *
 * @param subject what it is about
 * @param usage of the pods
 * @param gateways what each has counted, by its address
 * @param queries of the user's
 * @param queues that messages wait in
 */
record Measuring(
    Meters.Subject subject,
    Once<PodUsage> usage,
    Once<Map<String, Exposition>> gateways,
    Queries queries,
    Queues queues) {

  /** The share of answers that begin within what is told as the response time. */
  private static final double SHARE = 0.95;

  Seen seen() {
    var rules = new RuleBook(subject.cluster()).rules();
    var counted =
        Optional.of(subject.cluster())
            .filter(cluster -> Features.isOn(cluster, "gateway"))
            .flatMap(cluster -> gateways.answered());
    return new Seen(
        rules.stream().map(this::measured).toList(),
        counted.map(this::counts),
        counted.map(Measuring::open).orElse(Map.of()));
  }

  private Measured measured(ScalingRule rule) {
    return Measured.of(RuleBook.metric(rule.metric()), () -> value(rule));
  }

  private double value(ScalingRule rule) {
    return switch (rule.metric()) {
      case CPU -> usage.get().percent("cpu");
      case MEMORY -> usage.get().percent("memory");
      case REQUESTS_PER_SECOND -> now().rateSince(before()) / serving();
      case RESPONSE_TIME_MILLIS -> now().quantileSince(before(), SHARE);
      case QUERY -> queries.ask(prometheus(), Optional.ofNullable(rule.query()).orElse(""));
      case QUEUE_DEPTH -> queues.depth(subject.cluster(), rule.queues()).against(rule.above());
    };
  }

  private Counts now() {
    return counts(gateways.get());
  }

  private Counts counts(Map<String, Exposition> counted) {
    return Counts.of(subject.now(), counted);
  }

  private Counts before() {
    return subject
        .before()
        .orElseThrow(() -> new StepFailure("the gateways were asked for the first time"));
  }

  private int serving() {
    if (subject.serving().isEmpty()) {
      throw new StepFailure("no bot server serves");
    }
    return subject.serving().size();
  }

  private String prometheus() {
    return Optional.ofNullable(subject.cluster().getSpec().autoscaling().prometheus())
        .orElseThrow(() -> new StepFailure("nobody is asked it"))
        .url();
  }

  /** Of all gateways together. */
  private static Map<String, Long> open(Map<String, Exposition> gateways) {
    return gateways.values().stream()
        .flatMap(gateway -> gateway.all("generalbots_edge_upstream_open", Map.of()))
        .collect(
            Collectors.groupingBy(
                s -> s.labels().getOrDefault("upstream", ""),
                Collectors.summingLong(s -> (long) s.value())));
  }
}
