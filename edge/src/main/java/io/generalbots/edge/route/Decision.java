package io.generalbots.edge.route;

import java.util.Optional;

/**
 * What came of a request, and why.
 *
 * @param outcome in a word
 * @param policy name of the one that decided, if any did
 * @param target what serves it; with an outcome of UNAVAILABLE, the shard that should
 * @param stage how it got there, in a word: settled, waiting, moving or moved for a key; home,
 *     stays or diverted for a user; empty if it got nowhere
 * @param reason in words. It holds nothing of the request but what was checked, since it goes to
 *     whoever asked
 */
public record Decision(
    Outcome outcome,
    Optional<String> policy,
    Optional<Target> target,
    String stage,
    String reason) {

  static Decision routed(String policy, Target target, String stage, String reason) {
    return new Decision(Outcome.ROUTED, Optional.of(policy), Optional.of(target), stage, reason);
  }

  static Decision refused(Outcome outcome, String policy, String reason) {
    return new Decision(outcome, Optional.of(policy), Optional.empty(), "", reason);
  }

  static Decision down(String policy, Target target, String reason) {
    return new Decision(Outcome.UNAVAILABLE, Optional.of(policy), Optional.of(target), "", reason);
  }

  static Decision homeless(Outcome outcome, String reason) {
    return new Decision(outcome, Optional.empty(), Optional.empty(), "", reason);
  }
}
