package io.generalbots.operator.cluster.postgres;

import io.generalbots.operator.external.Switchover;
import io.generalbots.operator.kernel.Wish;
import java.util.Optional;

/**
 * How many servers the StatefulSet is told to have now. A StatefulSet takes away its highest
 * numbers: a primary among them gives its place to one that stays first.
 *
 * @param replicas the number
 * @param step what makes way for the wished number, if anything
 * @param obstacle why there is no way yet
 */
record Scaling(int replicas, Optional<Wish> step, Optional<String> obstacle) {

  static Scaling of(Situation situation) {
    var wished = situation.wished();
    var members = situation.members();
    var current = Math.max(members.desired(), members.span());
    if (wished == 0 || wished >= current) {
      return settled(wished);
    }
    return members
        .primary()
        .map(
            primary ->
                primary.ordinal() < wished ? settled(wished) : making(situation, primary, current))
        .orElseGet(() -> waiting(current, "no primary is known, so nothing is taken away"));
  }

  private static Scaling making(Situation situation, PostgresMember primary, int current) {
    return situation
        .candidates()
        .below(situation.wished())
        .best()
        .map(candidate -> switchover(situation.part().cluster(), primary, candidate))
        .map(step -> new Scaling(current, Optional.of(step), Optional.empty()))
        .orElseGet(
            () -> waiting(current, "no replica that stays can take over from " + primary.name()));
  }

  private static Wish switchover(String cluster, PostgresMember primary, PostgresMember candidate) {
    var why = "fewer instances are wished, and the highest number goes first";
    return new Wish.External(new Switchover(cluster, primary.name(), candidate.name(), why));
  }

  private static Scaling settled(int replicas) {
    return new Scaling(replicas, Optional.empty(), Optional.empty());
  }

  private static Scaling waiting(int replicas, String obstacle) {
    return new Scaling(replicas, Optional.empty(), Optional.of(obstacle));
  }
}
