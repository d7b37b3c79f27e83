package io.generalbots.operator.cluster.postgres;

import java.util.Comparator;
import java.util.Optional;

/**
 * Who may become primary by plan.
 *
 * @param members the servers
 * @param maximumLag how many bytes a candidate may be behind
 */
record Candidates(PostgresMembers members, long maximumLag) {

  /** Why this member cannot take over now; empty if it can. */
  Optional<String> objection(PostgresMember candidate) {
    if (!candidate.isReady() || !candidate.isReplica() || !candidate.state().isRunning()) {
      return Optional.of(candidate.name() + " is not a ready replica");
    }
    if (!candidate.state().isStreaming()) {
      return Optional.of(candidate.name() + " does not stream from the primary");
    }
    return members.primary().flatMap(primary -> objection(candidate, primary));
  }

  /** The one that is the least behind, among equals the one of the lowest number. */
  Optional<PostgresMember> best() {
    return members.replicas().stream()
        .filter(m -> objection(m).isEmpty())
        .min(
            Comparator.comparingLong((PostgresMember m) -> -m.state().position())
                .thenComparingInt(PostgresMember::ordinal));
  }

  /** The same, of the members below this number. */
  Candidates below(int ordinal) {
    var kept =
        members.members().stream().filter(m -> m.ordinal() < ordinal || m.isPrimary()).toList();
    return new Candidates(new PostgresMembers(kept, members.desired()), maximumLag);
  }

  private Optional<String> objection(PostgresMember candidate, PostgresMember primary) {
    var behind = primary.state().position() - candidate.state().position();
    if (candidate.state().timeline() != primary.state().timeline()) {
      return Optional.of(candidate.name() + " is on another timeline");
    }
    if (behind > maximumLag) {
      return Optional.of(candidate.name() + " is " + behind + " bytes behind");
    }
    return Optional.empty();
  }
}
