package io.generalbots.operator.cluster.postgres;

/**
 * Whether a restart brings a member to what is wished, and whether its turn has come.
 *
 * @param situation the servers
 * @param primary the one that takes writes
 */
record RestartNeed(Situation situation, PostgresMember primary) {

  boolean of(PostgresMember member) {
    return situation.isOutdated(member)
        || (situation.haveAllTold() && (member.state().gainsByRestart() || mayFollow(member)));
  }

  /**
   * Whether a standby may take parameters that the primary has to take first. Restarted too early
   * it would come back with the old values and have to be restarted again, and again.
   */
  private boolean mayFollow(PostgresMember member) {
    return member.state().pendingRestart()
        && member.state().isStreaming()
        && primary.state().primaryFirst().isEmpty();
  }
}
