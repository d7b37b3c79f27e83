package io.generalbots.operator.shard;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatus;
import io.generalbots.operator.cluster.placement.Placement;
import io.generalbots.operator.kernel.Blueprint;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.shard.time.Archive;
import io.generalbots.operator.shard.time.TimePartitions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a ShardPolicy comes to: its strategy, once it has a BotCluster to carry it out on. Pure.
 *
 * @param scene where it finds itself
 * @param facts what was seen of its BotCluster's database
 */
public record ShardPolicyBlueprint(Scene scene, Facts facts) {

  /** A step that goes on by itself is looked after. */
  private static final Duration UNDERWAY = Duration.ofSeconds(2);

  /** What failed is tried again. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** Each step is taken from what the one before it left. */
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  /** Whether anything acts by this field: {@code spec.time.interval}. */
  public static boolean serves(String path) {
    return path.startsWith("spec.time.");
  }

  /** What has to be true; nothing while something stands against the policy. */
  public Map<String, Plan> plan() {
    if (!scene.isSet()) {
      return Map.of();
    }
    var plans = new LinkedHashMap<>(strategy().plan(name -> scene.policy(), facts));
    scene
        .cluster()
        .map(c -> new Placement(c, scene.policy()))
        .ifPresent(p -> plans.replaceAll((name, plan) -> p.place(plan)));
    return plans;
  }

  /** The status, made from scratch. */
  public ShardPolicyStatus status(Outcome outcome) {
    Map<String, Health> healths = scene.isSet() ? outcome.beside(healths()) : Map.of();
    return new Told(scene, facts, new Review(scene, healths, outcome)).status();
  }

  /** What a user should hear: what was done, and what turned. */
  public List<Decision> news(ShardPolicyStatus status, Outcome outcome) {
    return Stream.concat(
            outcome.decisions().stream(), Turns.between(scene.policy(), status).stream())
        .toList();
  }

  /**
   * When to look again without any event: nothing tells of what is in a table, nor that a new month
   * has begun.
   *
   * @param period from one look to the next while nothing is to be done
   */
  public Duration nextLook(Outcome outcome, Duration period) {
    if (outcome.isUnderway()) {
      return UNDERWAY;
    } else if (outcome.failure().isPresent()) {
      return AGAIN;
    }
    return outcome.decisions().isEmpty() ? waiting(period) : AT_ONCE;
  }

  private Duration waiting(Duration period) {
    var unsettled =
        scene.isSet()
            && healths().values().stream().anyMatch(h -> h.state() == Health.State.WAITING);
    return unsettled && AGAIN.compareTo(period) < 0 ? AGAIN : period;
  }

  /** What is carried takes nothing from anybody: nobody is less ready while it is. */
  private Map<String, Health> healths() {
    var healths = new LinkedHashMap<>(strategy().health(scene.policy(), facts));
    healths.values().removeIf(h -> h.state() == Health.State.DISABLED);
    return healths;
  }

  private Blueprint<ShardPolicy> strategy() {
    return new Blueprint<>(
        Stream.concat(
                Stream.<Component<ShardPolicy>>of(new TimePartitions()),
                scene.cluster().stream().map(c -> Archive.of(c, scene.policy())))
            .toList());
  }
}
