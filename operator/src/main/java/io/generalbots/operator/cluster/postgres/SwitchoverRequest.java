package io.generalbots.operator.cluster.postgres;

import io.generalbots.operator.external.Switchover;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Wish;
import java.util.Optional;

/**
 * A switchover that the user asked for by annotation. Each value of the annotation is carried out
 * once: it is written down with the pod chosen for it before anything is done, so that neither a
 * restart of the operator nor a later failover does it again.
 *
 * @param memory what is to be remembered
 * @param step what is to be done now
 * @param obstacle why it has to wait
 */
record SwitchoverRequest(Memory memory, Optional<Wish> step, Optional<String> obstacle) {

  /** Any replica; a suffix makes a new value of it: {@code auto-2}. */
  private static final String ANY = "auto";

  static SwitchoverRequest of(Situation situation) {
    var memory = situation.memory();
    var request = Objects.annotations(situation.cluster()).getOrDefault(Names.SWITCHOVER, "");
    if (request.isEmpty() || situation.hibernates()) {
      return idle(memory.fulfilled(request));
    }
    if (!request.equals(memory.accepted())) {
      return accept(situation, request);
    }
    return memory.pursued().map(target -> pursue(situation, target)).orElseGet(() -> idle(memory));
  }

  private static SwitchoverRequest accept(Situation situation, String request) {
    var memory = situation.memory();
    var isPrimary = situation.members().primary().map(PostgresMember::name);
    if (isPrimary.filter(request::equals).isPresent()) {
      return idle(memory.fulfilled(request));
    }
    return obstacle(situation, request)
        .map(why -> waiting(memory, why))
        .orElseGet(() -> idle(memory.pursuing(request, target(situation, request))));
  }

  private static SwitchoverRequest pursue(Situation situation, String target) {
    var memory = situation.memory();
    var primary = situation.members().primary().map(PostgresMember::name);
    if (primary.isEmpty()) {
      return waiting(memory, "there is no primary");
    }
    if (primary.get().equals(target)) {
      return idle(memory.fulfilled(memory.accepted()));
    }
    var cluster = situation.part().cluster();
    var step =
        new Wish.External(new Switchover(cluster, primary.get(), target, "it was asked for"));
    return objection(situation, target)
        .map(
            why ->
                leavesOpen(situation, memory.accepted())
                    ? accept(situation, memory.accepted())
                    : waiting(memory, why))
        .orElseGet(() -> new SwitchoverRequest(memory, Optional.of(step), Optional.empty()));
  }

  /** Whether the choice is ours; a member may well be called {@code auto-postgres-0}. */
  private static boolean leavesOpen(Situation situation, String request) {
    return situation.members().named(request).isEmpty()
        && (request.equals(ANY) || request.startsWith(ANY + "-"));
  }

  private static Optional<String> obstacle(Situation situation, String request) {
    if (situation.members().primary().isEmpty()) {
      return Optional.of("there is no primary");
    }
    if (!leavesOpen(situation, request)) {
      return objection(situation, request);
    }
    return situation.candidates().best().isPresent()
        ? Optional.empty()
        : Optional.of("no replica can take over");
  }

  private static Optional<String> objection(Situation situation, String target) {
    return situation
        .members()
        .named(target)
        .map(situation.candidates()::objection)
        .orElseGet(() -> Optional.of("no member is called " + target));
  }

  private static String target(Situation situation, String request) {
    return leavesOpen(situation, request)
        ? situation.candidates().best().map(PostgresMember::name).orElse("")
        : request;
  }

  private static SwitchoverRequest idle(Memory memory) {
    return new SwitchoverRequest(memory, Optional.empty(), Optional.empty());
  }

  private static SwitchoverRequest waiting(Memory memory, String why) {
    return new SwitchoverRequest(memory, Optional.empty(), Optional.of(why));
  }
}
