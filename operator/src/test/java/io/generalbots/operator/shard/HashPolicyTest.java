package io.generalbots.operator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatus;
import io.generalbots.operator.external.spread.Candidate;
import io.generalbots.operator.external.spread.Shard;
import io.generalbots.operator.external.spread.ShardSeen;
import io.generalbots.operator.external.spread.ShardSeen.State;
import io.generalbots.operator.external.spread.ShardStep;
import io.generalbots.operator.external.spread.ShardStep.MoveRows;
import io.generalbots.operator.external.spread.ShardStep.OpenShard;
import io.generalbots.operator.external.spread.ShardStep.SpreadTable;
import io.generalbots.operator.external.spread.ShardsRead;
import io.generalbots.operator.external.spread.ShardsUnread;
import io.generalbots.operator.external.spread.TableSeen;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.sharding.hash.RoutingTable;
import io.generalbots.sharding.hash.Turn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a policy of strategy Hash does with what it sees of its shards. */
@Tag("REQ-SHARD-H")
class HashPolicyTest {

  private static final String SPREAD =
      "strategy: Hash, shards: {dedicated: false}, hash: {count: 2";
  private static final ShardPolicy POLICY = Policy.of("by-user", 1, SPREAD + "}");
  private static final Turn ONE = turn("v1 ConsistentHash 1");
  private static final Turn TWO = turn("v1 ConsistentHash 2");
  private static final Candidate TABLE =
      new Candidate("message", Optional.of("uuid"), List.of(), Optional.empty());
  private static final Candidate SPREAD_TABLE =
      new Candidate("message", Optional.of("uuid"), List.of(), Optional.of("by-user"));

  @Test
  void firstAllShardsAreOpenedThenTablesMadeThenRowsMoved() {
    assertThat(steps(POLICY, read(TABLE, closed(0), missing(1))))
        .extracting(ShardStep::words)
        .containsExactly(
            "shard 0 (database botserver of BotCluster demo) is made ready",
            "shard 1 (database shard_by_user_1 of BotCluster demo) is made ready");
    assertThat(steps(POLICY, read(TABLE, open(0, ONE), open(1, ONE))))
        .hasSize(2)
        .allMatch(SpreadTable.class::isInstance);
    assertThat(steps(POLICY, read(SPREAD_TABLE, open(0, ONE, 0), open(1, ONE, 0))))
        .singleElement()
        .isInstanceOfSatisfying(
            MoveRows.class,
            step -> {
              assertThat(step.goal()).isEqualTo(2);
              assertThat(step.ranges()).as("nothing to be copied: all at once").isEqualTo(256);
            });
    assertThat(steps(POLICY, read(SPREAD_TABLE, open(0, TWO, 10), open(1, TWO, 10)))).isEmpty();
  }

  @Test
  void aPlanThatMovesRowsIsToldAndWaitsForApproval() {
    var seen = read(SPREAD_TABLE, open(0, ONE, 1000), open(1, ONE, 0));
    assertThat(steps(POLICY, seen)).isEmpty();
    var status = status(POLICY, seen);
    assertThat(status.phase()).isEqualTo(ShardPolicyPhase.PLAN_PENDING);
    var plan = Objects.requireNonNull(status.plan());
    assertThat(plan.keysMoved()).isEqualTo(500);
    assertThat(plan.change()).isEqualTo("1 to 2 shards");
    assertThat(Policy.said(Policy.round(POLICY, seen), "Ready").getStatus()).isEqualTo("True");

    var approved = Policy.of("by-user", 1, SPREAD + "}");
    approved.getMetadata().setAnnotations(Map.of("generalbots.io/approve", plan.hash()));
    assertThat(steps(approved, seen)).hasOnlyElementsOfType(MoveRows.class).hasSize(1);
    var other = read(SPREAD_TABLE, open(0, later(ONE), 1000), open(1, later(ONE), 0));
    assertThat(steps(approved, other)).as("an approval is good for one plan").isEmpty();
    var automatic = Policy.of("by-user", 1, "approval: Automatic, " + SPREAD + "}");
    assertThat(steps(automatic, seen)).hasSize(1);
  }

  @Test
  void whatIsUnderWayGoesOnWithoutApprovalAndBackIfThatIsWished() {
    var half = turn("v1 ConsistentHash 2->3 @100");
    var seen = read(SPREAD_TABLE, open(0, half, 0), open(1, half, 0), open(2, half, 0));
    assertThat(goal(Policy.of("by-user", 1, SPREAD.replace("2", "3") + "}"), seen)).isEqualTo(3);
    assertThat(goal(POLICY, seen)).isEqualTo(2);
    assertThat(goal(Policy.of("by-user", 1, SPREAD.replace("2", "5") + "}"), seen)).isEqualTo(3);
    var status = status(POLICY, seen);
    assertThat(status.phase()).isEqualTo(ShardPolicyPhase.RESHARDING);
    assertThat(Objects.requireNonNull(status.progress()).summary()).isEqualTo("39%");
  }

  @Test
  void aShardThatIsBehindIsToldWhatTheOthersKnow() {
    assertThat(steps(POLICY, read(SPREAD_TABLE, open(0, later(TWO), 1), open(1, TWO, 1))))
        .hasOnlyElementsOfType(MoveRows.class)
        .hasSize(1);
  }

  @Test
  void nothingMovesWhileAShardGivesNoAnswerOrATableDiffers() {
    var silent = new ShardSeen(shard(1), State.SILENT, Optional.of("refused"), none());
    var down = read(SPREAD_TABLE, open(0, ONE, 0), silent);
    assertThat(steps(POLICY, down)).isEmpty();
    assertThat(said(down)).startsWith("shard 1 (database shard_by_user_1").endsWith("refused");

    var another = new TableSeen("message", "other", true, 0, 0);
    var differs =
        new ShardSeen(
            shard(1),
            State.OPEN,
            Optional.empty(),
            new ShardSeen.Contents(Optional.of(ONE), List.of(another)));
    var seen = read(SPREAD_TABLE, open(0, ONE, 0), differs);
    assertThat(steps(POLICY, seen)).isEmpty();
    assertThat(said(seen)).contains("table message on shard 1");
  }

  @Test
  void tablesThatCannotBeSpreadAreRefusedIfNamedAndLeftOutIfNot() {
    var unfit = new Candidate("users", Optional.of("uuid"), List.of("no"), Optional.empty());
    var seen =
        new ShardsRead(List.of(SPREAD_TABLE, unfit), List.of(open(0, TWO, 1), open(1, TWO, 1)));
    assertThat(said(seen)).contains("not spread: table users: no");
    var named = Policy.of("by-user", 1, SPREAD + ", tables: [users, message]}");
    var stalled = Policy.said(Policy.round(named, seen), "Stalled");
    assertThat(stalled.getReason()).isEqualTo("TableRefused");
    assertThat(stalled.getMessage()).isEqualTo("table users: no");
  }

  @Test
  void aTableWithRowsIsNotAddedToOthersThatAreSpread() {
    var late = new Candidate("late", Optional.of("uuid"), List.of(), Optional.empty());
    var first = new TableSeen("late", "x", false, 7, 0);
    var seen =
        new ShardsRead(
            List.of(SPREAD_TABLE, late),
            List.of(open(0, TWO, List.of(table(1), first)), open(1, TWO, 1)));
    assertThat(steps(POLICY, seen)).isEmpty();
    assertThat(said(seen)).contains("table late: it has rows");
  }

  @Test
  void aShardThatShouldHaveRowsAndKnowsNothingIsNotTakenForANewOne() {
    var seen = read(SPREAD_TABLE, open(0, TWO, 9), missing(1));
    assertThat(steps(POLICY, seen)).isEmpty();
    var stalled = Policy.said(Policy.round(POLICY, seen), "Stalled");
    assertThat(stalled.getReason()).isEqualTo("ShardLost");
    assertThat(stalled.getMessage()).contains("shard 1 (database shard_by_user_1");
    assertThat(steps(POLICY, read(SPREAD_TABLE, open(0, ONE, 9), missing(1))))
        .as("one that is to come")
        .hasOnlyElementsOfType(OpenShard.class)
        .hasSize(1);
  }

  @Test
  void rowsThatLieByOneFunctionAreNotSpreadByAnother() {
    var modulo = Policy.of("by-user", 1, SPREAD + ", algorithm: Modulo}");
    var seen = read(SPREAD_TABLE, open(0, TWO, 9), open(1, TWO, 9));
    assertThat(Policy.said(Policy.round(modulo, seen), "Stalled").getReason())
        .isEqualTo("AlgorithmChanged");
  }

  @Test
  void twoPoliciesDoNotSpreadTheSameTable() {
    var older = Policy.of("older", 0, SPREAD + "}");
    var scene = new Scene(POLICY, Optional.of(Policy.cluster()), List.of(older));
    assertThat(scene.isSet()).isFalse();
    var months = Policy.of("months", 0, Policy.MONTHLY);
    var beside = new Scene(POLICY, Optional.of(Policy.cluster()), List.of(months));
    assertThat(beside.isSet()).isTrue();
    assertThat(beside.takenByOthers()).containsExactly("message_history");
  }

  @Test
  void clientsAreToldWhereKeysAreAndStillWhenThePolicyGoes() {
    var seen = read(SPREAD_TABLE, open(0, TWO, 1), open(1, TWO, 1));
    var told =
        Policy.wishes(Policy.round(POLICY, seen)).stream()
            .filter(Wish.Kept.class::isInstance)
            .map(w -> (ConfigMap) ((Wish.Kept) w).object())
            .findFirst()
            .orElseThrow();
    assertThat(told.getMetadata().getName()).isEqualTo("by-user-routing");
    assertThat(told.getData().get("routing.json"))
        .contains(
            "\"line\" : \"v1 ConsistentHash 2\"",
            "\"keyType\" : \"UUID\"",
            "\"endpoint\" : \"demo-pooler.bots.svc.cluster.local:5432\"",
            "\"database\" : \"shard_by_user_1\"");
  }

  @Test
  void aNameThatNoShardCanHaveIsRefused() {
    var odd = Policy.of("by.user", 1, SPREAD + "}");
    assertThat(Policy.said(Policy.round(odd, new ShardsUnread("-")), "Stalled").getReason())
        .isEqualTo("NameNotUsable");
  }

  @Test
  void whoCouldNotLookDoesNothing() {
    assertThat(steps(POLICY, new ShardsUnread("away"))).isEmpty();
    assertThat(Policy.said(Policy.round(POLICY, new ShardsUnread("away")), "Ready").getMessage())
        .isEqualTo("away");
  }

  private static String said(ShardsRead seen) {
    return Policy.said(Policy.round(POLICY, seen), "Ready").getMessage();
  }

  private static int goal(ShardPolicy policy, ShardsRead seen) {
    return ((MoveRows) steps(policy, seen).get(0)).goal();
  }

  private static List<ShardStep> steps(
      ShardPolicy policy, io.generalbots.operator.kernel.Reading seen) {
    return Policy.wishes(Policy.round(policy, seen)).stream()
        .filter(Wish.External.class::isInstance)
        .map(w -> (ShardStep) ((Wish.External) w).step())
        .toList();
  }

  private static ShardPolicyStatus status(ShardPolicy policy, ShardsRead seen) {
    return Policy.round(policy, seen).status(new Outcome(Map.of()));
  }

  private static ShardsRead read(Candidate table, ShardSeen... shards) {
    return new ShardsRead(List.of(table), List.of(shards));
  }

  private static ShardSeen closed(int number) {
    return new ShardSeen(shard(number), State.CLOSED, Optional.empty(), none());
  }

  private static ShardSeen missing(int number) {
    return new ShardSeen(shard(number), State.MISSING, Optional.of("none"), none());
  }

  /** Open, and without the table. */
  private static ShardSeen open(int number, Turn turn) {
    return open(number, turn, List.of());
  }

  /** Open, with so many keys. */
  private static ShardSeen open(int number, Turn turn, long keys) {
    return open(number, turn, List.of(table(keys)));
  }

  private static ShardSeen open(int number, Turn turn, List<TableSeen> tables) {
    return new ShardSeen(
        shard(number),
        State.OPEN,
        Optional.empty(),
        new ShardSeen.Contents(Optional.of(turn), tables));
  }

  private static TableSeen table(long keys) {
    return new TableSeen("message", "same", true, keys, keys * 100);
  }

  private static ShardSeen.Contents none() {
    return new ShardSeen.Contents(Optional.empty(), List.of());
  }

  private static Shard shard(int number) {
    return new Shard(number, "demo", number == 0 ? "botserver" : "shard_by_user_" + number);
  }

  private static Turn turn(String line) {
    return new Turn(7, RoutingTable.parse(line), false);
  }

  private static Turn later(Turn turn) {
    return new Turn(turn.number() + 1, turn.table(), turn.closed());
  }
}
