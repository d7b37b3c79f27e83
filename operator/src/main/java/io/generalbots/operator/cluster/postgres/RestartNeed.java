package io.generalbots.operator.cluster.postgres;

import io.generalbots.operator.kernel.Objects;
import java.time.Duration;
import java.util.List;

/**
 * Whether a restart brings a member to what is wished, and whether its turn has come.
 *
 * @param situation the servers
 * @param primary the one that takes writes
 */
record RestartNeed(Situation situation, PostgresMember primary) {

  /** By then every member has told what the last change of parameters means to it. */
  private static final Duration SETTLED = Duration.ofSeconds(30);

  boolean of(PostgresMember member) {
    return situation.isOutdated(member) || member.state().gainsByRestart() || mayFollow(member);
  }

  /**
   * Whether a standby may take parameters that the primary has to take first. Restarted too early
   * it would come back with the old values and have to be restarted again, and again.
   */
  private boolean mayFollow(PostgresMember member) {
    return member.state().pendingRestart()
        && member.state().isStreaming()
        && primary.state().primaryFirst().isEmpty()
        && (primaryWasAsked(member) || isSettled());
  }

  /** The primary tells later than its standbys that parameters wait, sometimes by seconds. */
  private boolean primaryWasAsked(PostgresMember member) {
    var asked = Objects.annotations(primary.pod()).getOrDefault(Mounts.RESTART, "");
    var wanted = member.state().primaryFirst().stream().map(ParameterChange::toString).toList();
    return List.of(asked.split(",")).containsAll(wanted);
  }

  private boolean isSettled() {
    return situation.facts().now().isAfter(situation.memory().since().plus(SETTLED));
  }
}
