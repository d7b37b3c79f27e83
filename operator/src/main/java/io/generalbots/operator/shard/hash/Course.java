package io.generalbots.operator.shard.hash;

import io.generalbots.api.v1alpha1.shard.Approval;
import io.generalbots.operator.external.spread.Candidate;
import io.generalbots.operator.external.spread.ShardSeen;
import io.generalbots.operator.external.spread.ShardStep;
import io.generalbots.operator.external.spread.ShardStep.MoveRows;
import io.generalbots.operator.external.spread.ShardStep.OpenShard;
import io.generalbots.operator.external.spread.ShardStep.SpreadTable;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.sharding.hash.KeyRange;
import io.generalbots.sharding.hash.Resharding;
import io.generalbots.sharding.hash.ReshardingPlan;
import io.generalbots.sharding.hash.ReshardingPlanner;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has to be done until all rows are where the policy wants them: first the shards, then the
 * tables on them, then the rows. Pure.
 *
 * @param known what was seen
 */
record Course(Known known) {

  /** With the hash of a plan that waits, it begins. */
  static final String APPROVE = "generalbots.io/approve";

  /** What is next; nothing while something has to come about first. */
  List<ShardStep> steps() {
    var opening = openings().toList();
    if (!opening.isEmpty()) {
      return opening;
    }
    var spreading = isWhole() ? spreadings().toList() : List.<ShardStep>of();
    return spreading.isEmpty() ? move().stream().toList() : spreading;
  }

  /** The plan that waits or would be begun; empty where all is as wished. */
  Optional<ReshardingPlan> plan() {
    var goal = known.wish().count();
    return Optional.of(known.turn())
        .filter(turn -> !turn.isResharding() && turn.table().count() != goal)
        .map(turn -> ReshardingPlanner.plan(turn.table().function(), known.loads(), goal));
  }

  /** The plan that somebody has to approve before it begins; not before it can begin. */
  Optional<ReshardingPlan> pending() {
    return unapproved().filter(plan -> isReady());
  }

  private Optional<ReshardingPlan> unapproved() {
    return plan().filter(plan -> !isApproved(plan));
  }

  /** Whether all shards have all tables, so that it is known what there is to move. */
  private boolean isReady() {
    return isWhole()
        && openings().findAny().isEmpty()
        && spreadings().findAny().isEmpty()
        && !known.tables().isEmpty();
  }

  /** The change that is under way. */
  Optional<Resharding> underway() {
    return known.turn().table().resharding();
  }

  /** Shards on which a table is not what it is on the first. */
  Stream<String> differences() {
    var first = known.shards().get(0);
    return known.tables().stream()
        .map(Candidate::name)
        .flatMap(
            table ->
                known.shards().stream()
                    .filter(shard -> differs(first, shard, table))
                    .map(s -> "table %s on shard %d".formatted(table, s.shard().number())));
  }

  private static boolean differs(ShardSeen first, ShardSeen other, String table) {
    var here = first.table(table).map(t -> t.definition());
    var there = other.table(table).map(t -> t.definition());
    return here.isPresent() && there.isPresent() && !here.equals(there);
  }

  /** Whether every shard gave an answer, and knows what it should. */
  boolean isWhole() {
    return silent().isEmpty() && lost().findAny().isEmpty();
  }

  /** Shards that gave no answer. */
  List<ShardSeen> silent() {
    return known.shards().stream().filter(s -> s.state() == ShardSeen.State.SILENT).toList();
  }

  /**
   * Shards that should have rows and know nothing of it: made anew, or not where they were. Rows
   * would be looked for there in vain.
   */
  Stream<ShardSeen> lost() {
    var anyKnows = known.shards().stream().anyMatch(shard -> shard.turn().isPresent());
    return unopened()
        .filter(shard -> anyKnows && shard.turn().isEmpty())
        .filter(shard -> shard.shard().number() < known.routed());
  }

  private Stream<ShardStep> openings() {
    var lost = lost().toList();
    var spread = known.spread();
    return unopened()
        .filter(shard -> !lost.contains(shard))
        .map(shard -> new OpenShard(spread, shard.shard().number(), known.turn()));
  }

  private Stream<ShardSeen> unopened() {
    return known.shards().stream()
        .filter(shard -> shard.state() != ShardSeen.State.SILENT)
        .filter(shard -> shard.state() != ShardSeen.State.OPEN || shard.turn().isEmpty());
  }

  private Stream<ShardStep> spreadings() {
    var spread = known.spread();
    return spread.tables().stream()
        .flatMap(
            table ->
                known.shards().stream()
                    .filter(shard -> shard.table(table).filter(t -> t.prepared()).isEmpty())
                    .map(shard -> new SpreadTable(spread, shard.shard().number(), table)));
  }

  /** Also what was cut off when nearly nothing was left of it. */
  private Optional<ShardStep> move() {
    var goal = goal();
    var wanted = goal != known.turn().table().count() || !known.isAgreed();
    var ready = isWhole() && differences().findAny().isEmpty() && !known.tables().isEmpty();
    return Optional.<ShardStep>of(new MoveRows(known.spread(), goal, ranges()))
        .filter(s -> (wanted || underway().isPresent()) && ready);
  }

  /** What is under way goes on to its end, or back if that is wished; then there is a new plan. */
  private int goal() {
    var wish = known.wish().count();
    return underway()
        .map(r -> wish == r.from() ? r.from() : r.to())
        .orElseGet(() -> unapproved().isEmpty() ? wish : known.turn().table().count());
  }

  private int ranges() {
    return plan().filter(Course::movesNothing).isPresent()
        ? KeyRange.COUNT
        : known.policy().getSpec().maxConcurrentMoves();
  }

  private boolean isApproved(ReshardingPlan plan) {
    return known.policy().getSpec().approval() == Approval.AUTOMATIC
        || known.name(plan).equals(Objects.annotations(known.policy()).get(APPROVE))
        || movesNothing(plan);
  }

  private static boolean movesNothing(ReshardingPlan plan) {
    return plan.expected().keys() == 0;
  }
}
