package io.generalbots.operator.cluster.vault;

import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.external.vault.VaultTrouble;
import io.generalbots.operator.kernel.ComponentFailure;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why the vault may not have what it should have.
 *
 * @param reason CamelCase, for machines
 * @param message a sentence, for people
 */
record Doubt(String reason, String message) {

  /** What a step found. */
  static Optional<Doubt> found(Optional<RuntimeException> failure) {
    return failure.map(
        f ->
            f instanceof ComponentFailure c && c.getCause() instanceof VaultTrouble trouble
                ? new Doubt(trouble.kind().reason(), String.valueOf(trouble.getMessage()))
                : new Doubt(Outcome.APPLY_FAILED, String.valueOf(f.getMessage())));
  }

  /** What can be seen without asking: the pods, then the Secrets, then what was written down. */
  static Optional<Doubt> seen(Situation situation) {
    return servers(situation).or(() -> secrets(situation)).or(() -> steps(situation));
  }

  Health health(boolean serves) {
    return serves ? Health.degraded(reason, message) : Health.waiting(reason, message);
  }

  /** Why nobody can read. */
  static Optional<Doubt> servers(Situation situation) {
    if (situation.isExternal()) {
      return Optional.empty();
    } else if (situation.hibernates()) {
      return Optional.of(new Doubt("Hibernating", "the vault is stopped with the cluster"));
    }
    var ready = situation.ready();
    var voters = situation.progress().voters();
    if (ready == 0) {
      return Optional.of(closed(situation));
    }
    return ready <= voters / 2
        ? Optional.of(
            new Doubt(
                VaultTrouble.Kind.UNREACHABLE.reason(),
                "%d of %d servers are ready, too few to elect a leader".formatted(ready, voters)))
        : Optional.empty();
  }

  private static Doubt closed(Situation situation) {
    var started = situation.servers().stream().anyMatch(Instance::isStarted);
    if (!started) {
      var why =
          situation.servers().stream()
              .flatMap(s -> s.waitsBecause().map(reason -> s.name() + ": " + reason).stream())
              .collect(Collectors.joining("; "));
      return new Doubt(
          VaultTrouble.Kind.UNREACHABLE.reason(),
          "no server of the vault runs" + (why.isEmpty() ? "" : ": " + why));
    }
    return situation.progress().isInitialised()
        ? new Doubt(
            VaultTrouble.Kind.SEALED.reason(),
            "no server says that it has opened its data: it does not answer, or lacks the key. Look at its log and at Secret "
                + situation.part().name(Names.UNSEAL))
        : new Doubt(VaultTrouble.Kind.NOT_INITIALISED.reason(), "the data is being made");
  }

  private static Optional<Doubt> secrets(Situation situation) {
    var missing = Entries.of(situation).missing();
    return new Way(situation)
        .missing()
        .map(name -> waiting("Secret " + name + " to sign in with"))
        .or(() -> missing.isEmpty() ? Optional.empty() : Optional.of(waiting(told(missing))));
  }

  private static Doubt waiting(String what) {
    return new Doubt("WaitingForSecret", "waiting for " + what);
  }

  private static String told(Map<String, String> missing) {
    return missing.entrySet().stream()
        .map(e -> "Secret %s for %s".formatted(e.getValue(), e.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static Optional<Doubt> steps(Situation situation) {
    return Sync.of(situation).isDone()
        ? Optional.empty()
        : Optional.of(new Doubt("Synchronising", "the vault is being brought up to date"));
  }
}
