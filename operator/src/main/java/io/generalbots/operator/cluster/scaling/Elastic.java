package io.generalbots.operator.cluster.scaling;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.AutoscalingStatus;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.cluster.ScalingMode;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.scaling.Decision;
import io.generalbots.scaling.Scaler;
import io.generalbots.scaling.State;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How many bot servers there should be. Where the rules are applied it is what they decided last,
 * from what {@code spec.botserver.replicas} said: whoever changes that, by {@code kubectl scale} or
 * in Git, is followed at once, and the rules go on from there. What was decided stands in the
 * status and nowhere else.
 *
 * @param cluster with all its defaults, and the status of the last round
 * @param facts what was measured last
 */
public record Elastic(BotCluster cluster, Facts facts) {

  /** The number of bot servers that are to run. */
  public int replicas() {
    return isApplied() ? desired() : base();
  }

  /** What is to be told of it; nothing where nothing follows rules. */
  public Optional<AutoscalingStatus> status() {
    if (!RuleBook.isOpen(cluster)) {
      return former().filter(status -> cluster.getSpec().hibernate());
    }
    return Optional.of(new ScalingReport(this).status());
  }

  /** What the rules ask for, whether or not it is done. */
  int desired() {
    return decision().map(Decision::to).orElseGet(this::current);
  }

  /**
   * What the rules say of the last look. Each look is decided by once: what it showed was before
   * the change that it led to.
   */
  Optional<Decision> decision() {
    return facts
        .surroundings()
        .reading(Load.class)
        .filter(load -> RuleBook.isOpen(cluster) && load.rival().isEmpty())
        .filter(load -> lastScaled().filter(time -> !time.isBefore(load.at())).isEmpty())
        .map(this::decision);
  }

  private Decision decision(Load load) {
    var state = new State(current(), lastScaled(), load.trends());
    return Scaler.decide(new RuleBook(cluster).policy(), state, load.at());
  }

  /** How many there are to be before anything is decided now. */
  int current() {
    return former()
        .filter(status -> isApplied() && Objects.equals(status.base(), base()))
        .flatMap(status -> Optional.ofNullable(status.desired()))
        .orElseGet(this::base);
  }

  int base() {
    return cluster.getSpec().botserver().replicas();
  }

  boolean isApplied() {
    return RuleBook.isOpen(cluster)
        && rival().isEmpty()
        && cluster.getSpec().autoscaling().mode() == ScalingMode.APPLY;
  }

  /** Who else sets the number of bot servers, and wins: two that do would do it in turns. */
  Optional<String> rival() {
    return facts.surroundings().reading(Load.class).flatMap(Load::rival);
  }

  /** What was told before. */
  Optional<AutoscalingStatus> former() {
    return Optional.ofNullable(cluster.getStatus()).map(BotClusterStatus::autoscaling);
  }

  /** A number that somebody else changed has changed now. */
  Optional<Instant> lastScaled() {
    var stands = former().filter(status -> Objects.equals(status.base(), base()));
    return former().isPresent() && stands.isEmpty()
        ? Optional.of(facts.now())
        : stands.flatMap(s -> Optional.ofNullable(s.lastScaleTime())).map(Instant::parse);
  }
}
