package io.generalbots.operator.shard;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.kernel.Outcome;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sum of a round of a ShardPolicy, as conditions and one word.
 *
 * @param scene where it finds itself
 * @param healths what its strategy says of itself; nothing while something stands against it
 * @param outcome what applying the plans came to
 * @param course the phase while all serve and rows are not yet where they should be
 */
record Review(
    Scene scene, Map<String, Health> healths, Outcome outcome, Optional<ShardPolicyPhase> course) {

  private static final Set<ShardPolicyPhase> IN_USE =
      EnumSet.of(
          ShardPolicyPhase.READY,
          ShardPolicyPhase.DEGRADED,
          ShardPolicyPhase.PLAN_PENDING,
          ShardPolicyPhase.RESHARDING);

  /** The state in one word. */
  ShardPolicyPhase phase(Optional<ShardPolicyPhase> former) {
    if (stalled().isPresent()) {
      return ShardPolicyPhase.STALLED;
    } else if (scene.objection().isPresent()) {
      return ShardPolicyPhase.PENDING;
    } else if (trouble().isEmpty()) {
      return course.orElse(ShardPolicyPhase.READY);
    }
    return former.filter(IN_USE::contains).isPresent()
        ? ShardPolicyPhase.DEGRADED
        : ShardPolicyPhase.PROVISIONING;
  }

  /** How much of it is as it should be, as a cell; nothing where there is nothing to count. */
  Optional<String> summary() {
    return healths.values().stream()
        .map(Health::instances)
        .filter(i -> !Health.Instances.NONE.equals(i))
        .findFirst()
        .map(Health.Instances::summary);
  }

  Condition ready() {
    return trouble()
        .map(t -> Conditions.of("Ready", false, t.reason(), t.message()))
        .orElseGet(
            () ->
                Conditions.of(
                    "Ready",
                    true,
                    "AllReady",
                    healths.values().stream()
                        .filter(h -> h.state() == Health.State.READY)
                        .map(Health::message)
                        .reduce("", (a, b) -> a.isEmpty() ? b : a + "; " + b)));
  }

  Condition reconciling() {
    return trouble()
        .filter(t -> stalled().isEmpty())
        .map(t -> Conditions.of("Reconciling", true, "Progressing", t.message()))
        .orElseGet(this::settled);
  }

  /** Rows that move are used meanwhile, and yet there is something left to be done. */
  private Condition settled() {
    return course.filter(ShardPolicyPhase.RESHARDING::equals).isPresent()
        ? Conditions.of("Reconciling", true, "RowsMove", "rows move between shards")
        : Conditions.of("Reconciling", false, "Settled", "nothing is left to be done");
  }

  Condition isStalled() {
    return stalled()
        .map(t -> Conditions.of("Stalled", true, t.reason(), t.message()))
        .orElseGet(() -> Conditions.of("Stalled", false, "NotStalled", "nothing needs the user"));
  }

  /** What only an edit can mend. */
  private Optional<Objection> stalled() {
    return scene
        .objection()
        .filter(o -> !o.waits())
        .or(
            () ->
                healths.values().stream()
                    .filter(h -> h.state() == Health.State.REFUSED)
                    .findFirst()
                    .map(h -> new Objection(h.reason(), h.message(), false)));
  }

  private Optional<Objection> trouble() {
    return stalled().or(scene::objection).or(this::failure).or(this::unsettled);
  }

  private Optional<Objection> failure() {
    return outcome
        .failure()
        .map(e -> new Objection(Outcome.APPLY_FAILED, String.valueOf(e.getMessage()), true));
  }

  private Optional<Objection> unsettled() {
    return healths.values().stream()
        .filter(h -> !h.isSettled())
        .findFirst()
        .map(h -> new Objection(h.reason(), h.message(), true));
  }
}
