package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterPhase;
import io.generalbots.operator.cluster.certificates.Certificates;
import io.generalbots.operator.cluster.gateway.Limits;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The sum of a round: what each component says, as conditions and one word.
 *
 * @param cluster the cluster as it was read
 * @param healths what each component says of itself, in order
 * @param outcome what applying the plans came to
 */
record Review(BotCluster cluster, Map<String, Health> healths, Outcome outcome) {

  /** All conditions, the sum first. */
  List<Condition> conditions() {
    var all = new ArrayList<Condition>();
    all.add(ready());
    all.add(reconciling());
    all.add(stalled());
    all.add(available());
    all.add(HighAvailability.condition(healths));
    all.add(paused());
    all.add(configurationWarning());
    healths.forEach((name, health) -> all.add(component(name, health)));
    return List.copyOf(all);
  }

  /** The state in one word; the former word tells coming up from coming back. */
  BotClusterPhase phase(Optional<BotClusterPhase> former) {
    if (cluster.getMetadata().getDeletionTimestamp() != null) {
      return BotClusterPhase.DELETING;
    } else if (Annotations.isPaused(cluster)) {
      return BotClusterPhase.PAUSED;
    } else if (isStalled()) {
      return BotClusterPhase.STALLED;
    } else if (cluster.getSpec().hibernate()) {
      return isReady() ? BotClusterPhase.HIBERNATED : BotClusterPhase.UPDATING;
    } else if (isReady()) {
      return BotClusterPhase.HEALTHY;
    }
    return underway(former);
  }

  private BotClusterPhase underway(Optional<BotClusterPhase> former) {
    var first =
        former.filter(p -> p != BotClusterPhase.PENDING && p != BotClusterPhase.CREATING).isEmpty();
    if (first) {
      return BotClusterPhase.CREATING;
    } else if (serves()) {
      return isUpdating() ? BotClusterPhase.UPDATING : BotClusterPhase.DEGRADED;
    }
    return BotClusterPhase.RECOVERING;
  }

  private boolean isUpdating() {
    return healths.values().stream().anyMatch(h -> "RollingOut".equals(h.reason()));
  }

  private Condition ready() {
    if (Annotations.isPaused(cluster)) {
      return Conditions.of("Ready", isReady(), "Paused", "the operator leaves this cluster alone");
    }
    return firstTrouble()
        .map(h -> Conditions.of("Ready", false, h.reason(), h.message()))
        .orElseGet(() -> Conditions.of("Ready", true, "AllReady", "every component is ready"));
  }

  private Condition reconciling() {
    var busy = !isReady() && !isStalled() && !Annotations.isPaused(cluster);
    return busy
        ? Conditions.of("Reconciling", true, "Progressing", waitingFor())
        : Conditions.of("Reconciling", false, "Settled", "nothing is left to be done");
  }

  private Condition stalled() {
    return refused()
        .map(r -> Conditions.of("Stalled", true, "ObjectNotOurs", r))
        .or(() -> unfit().map(h -> Conditions.of("Stalled", true, h.reason(), h.message())))
        .orElseGet(() -> Conditions.of("Stalled", false, "NotStalled", "nothing needs the user"));
  }

  private Condition available() {
    return serves()
        ? Conditions.of("Available", true, "Serving", "every component serves")
        : Conditions.of("Available", false, "NotServing", waitingFor());
  }

  private Condition paused() {
    return Annotations.isPaused(cluster)
        ? Conditions.of("Paused", true, "Annotation", "remove " + Annotations.PAUSED + " to go on")
        : Conditions.of("Paused", false, "NotPaused", "the operator looks after this cluster");
  }

  private Condition configurationWarning() {
    var paths = Unserved.fields(cluster, healths.keySet());
    var unserved = "accepted, but nothing serves it yet: " + String.join(", ", paths);
    var users = Limits.warning(cluster);
    if (!paths.isEmpty()) {
      var both = users.map(text -> unserved + "; " + text).orElse(unserved);
      return Conditions.of("ConfigurationWarning", true, "NotImplementedYet", both);
    }
    return users
        .map(text -> Conditions.of("ConfigurationWarning", true, "UsersUnknown", text))
        .orElseGet(
            () ->
                Conditions.of(
                    "ConfigurationWarning", false, "AllServed", "every field set is served"));
  }

  private Condition component(String name, Health health) {
    var type = Certificates.NAME.equals(name) ? "CertificatesValid" : capitalized(name) + "Ready";
    return failure(name)
        .map(f -> Conditions.of(type, false, Outcome.APPLY_FAILED, f))
        .orElseGet(
            () -> Conditions.of(type, health.isSettled(), health.reason(), health.message()));
  }

  private boolean isReady() {
    return firstTrouble().isEmpty();
  }

  private boolean isStalled() {
    return refused().isPresent() || unfit().isPresent();
  }

  /** What only an edit of the spec can mend. */
  private Optional<Health> unfit() {
    return healths.values().stream().filter(h -> h.state() == Health.State.REFUSED).findFirst();
  }

  private boolean serves() {
    return healths.values().stream().allMatch(Health::serves);
  }

  private Optional<Health> firstTrouble() {
    return refused()
        .map(r -> Health.waiting("ObjectNotOurs", r))
        .or(this::firstFailure)
        .or(this::unfit)
        .or(() -> healths.values().stream().filter(h -> !h.isSettled()).findFirst());
  }

  private Optional<Health> firstFailure() {
    return healths.keySet().stream()
        .flatMap(name -> failure(name).stream())
        .findFirst()
        .map(f -> Health.waiting(Outcome.APPLY_FAILED, f));
  }

  private Optional<String> failure(String component) {
    return outcome.of(component).failure().map(e -> String.valueOf(e.getMessage()));
  }

  private Optional<String> refused() {
    var names = outcome.refused();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", names)
                + " exists and belongs to somebody else: rename or remove it, or rename this"
                + " cluster");
  }

  private String waitingFor() {
    return firstTrouble().map(Health::message).orElse("nothing");
  }

  private static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
