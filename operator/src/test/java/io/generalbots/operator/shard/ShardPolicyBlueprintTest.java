package io.generalbots.operator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.operator.external.partition.KeepPartitions;
import io.generalbots.operator.external.partition.TablesUnread;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.sharding.time.Deed;
import io.generalbots.sharding.time.Hindrance;
import io.generalbots.sharding.time.Overflow;
import io.generalbots.sharding.time.Partition;
import io.generalbots.sharding.time.Preparation;
import io.generalbots.sharding.time.Span;
import io.generalbots.sharding.time.Table;
import io.generalbots.sharding.time.Traits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShardPolicyBlueprintTest {

  private static final ShardPolicy POLICY = Policy.of("by-month", 1, Policy.MONTHLY);
  private static final TablesUnread NOTHING = new TablesUnread("nobody answers");
  private static final Traits FIT =
      new Traits(Optional.of("timestamp with time zone"), true, List.of("id"), Map.of());

  @Test
  void waitsForItsBotCluster() {
    var round = Policy.round(new Scene(POLICY, Optional.empty(), List.of()), NOTHING);
    assertThat(round.plan()).isEmpty();
    assertThat(phase(round)).isEqualTo(ShardPolicyPhase.PENDING);
    assertThat(Policy.said(round, "Ready").getMessage())
        .isEqualTo("there is no BotCluster demo in this namespace");
  }

  @Test
  void doesNothingToABotClusterOfAnotherNamespace() {
    var elsewhere =
        Policy.of("by-month", 1, "clusterRef: {name: demo, namespace: others}, " + Policy.MONTHLY);
    var scene = new Scene(elsewhere, Optional.empty(), List.of());
    assertThat(Policy.said(Policy.round(scene, NOTHING), "Stalled").getReason())
        .isEqualTo("NamespaceNotAdmitted");
  }

  @Test
  void leavesAloneWhatIsPaused() {
    var paused = Policy.of("by-month", 1, Policy.MONTHLY);
    paused.getMetadata().setAnnotations(Map.of("generalbots.io/paused", "true"));
    var round = Policy.round(paused, Policy.read(table(plain(Map.of()))));
    assertThat(round.plan()).isEmpty();
    assertThat(Policy.said(round, "Ready").getMessage())
        .isEqualTo("annotation generalbots.io/paused holds it: nothing is looked at or done");
    var cluster = Policy.cluster();
    cluster.getMetadata().setAnnotations(Map.of("generalbots.io/paused", "true"));
    assertThat(new Scene(POLICY, Optional.of(cluster), List.of()).isSet()).isFalse();
  }

  @Test
  void leavesATableToThePolicyThatWasThereFirst() {
    var older = Policy.of("older", 0, Policy.MONTHLY);
    var second = new Scene(POLICY, Optional.of(Policy.cluster()), List.of(older));
    assertThat(Policy.said(Policy.round(second, NOTHING), "Stalled").getMessage())
        .isEqualTo(
            "table message_history is divided by ShardPolicy older: remove it from one of"
                + " them");
    var first = new Scene(older, Optional.of(Policy.cluster()), List.of(POLICY));
    assertThat(first.isSet()).isTrue();
  }

  @Test
  void touchesNothingWhenItCouldNotLook() {
    var round = Policy.round(POLICY, NOTHING);
    assertThat(Policy.wishes(round)).isEmpty();
    assertThat(Policy.said(round, "Ready").getMessage()).isEqualTo("nobody answers");
    assertThat(Policy.said(round, "RowsInDefault").getStatus()).isEqualTo("Unknown");
    assertThat(round.nextLook(new Outcome(Map.of()), Duration.ofMinutes(5))).hasSeconds(10);
  }

  @Test
  void takesTheNextStepWithATable() {
    var round = Policy.round(POLICY, Policy.read(table(plain(Map.of()))));
    assertThat(Policy.wishes(round))
        .containsExactly(
            new Wish.External(
                new KeepPartitions(
                    "demo",
                    "message_history",
                    "created_at",
                    new Deed.BuildKey(List.of("id", "created_at")))));
    assertThat(phase(round)).isEqualTo(ShardPolicyPhase.PROVISIONING);
  }

  @Test
  void saysWhyATableCannotBePartitioned() {
    var plain = plain(Map.of(Hindrance.TRIGGER, List.of("audit")));
    var round = Policy.round(POLICY, Policy.read(table(plain)));
    assertThat(Policy.wishes(round)).isEmpty();
    assertThat(Policy.said(round, "Stalled").getMessage())
        .isEqualTo(
            "table message_history cannot be partitioned: trigger audit fires on it, and would"
                + " not fire on the new table");
  }

  @Test
  void isReadyWhenEveryPartitionIsThereAndLooksAgainNowAndThen() {
    var round = Policy.round(POLICY, Policy.read(table(whole(Optional.empty()))));
    assertThat(Policy.wishes(round)).isEmpty();
    assertThat(phase(round)).isEqualTo(ShardPolicyPhase.READY);
    var status = round.status(new Outcome(Map.of()));
    assertThat(status.summary()).isEqualTo("1/1");
    assertThat(status.partitions()).extracting(p -> p.name()).containsExactly("whole");
    assertThat(round.nextLook(new Outcome(Map.of()), Duration.ofMinutes(5))).hasMinutes(5);
    var told = List.of(Decision.normal("Partitioning", "did something"));
    var outcome =
        new Outcome(Map.of("partitions", new Outcome.Result(told, List.of(), Optional.empty())));
    assertThat(round.nextLook(outcome, Duration.ofMinutes(5))).hasMillis(100);
  }

  @Test
  void tellsOfRowsThatBelongNowhere() {
    var stray = Optional.of(Instant.parse("2999-01-01T00:00:00Z"));
    var round = Policy.round(POLICY, Policy.read(table(whole(stray))));
    var told = Policy.said(round, "RowsInDefault");
    assertThat(told.getStatus()).isEqualTo("True");
    assertThat(told.getMessage()).contains("message_history_default", "2999-01-01");
    assertThat(phase(round)).isEqualTo(ShardPolicyPhase.READY);
  }

  private static ShardPolicyPhase phase(ShardPolicyBlueprint round) {
    return Optional.ofNullable(round.status(new Outcome(Map.of())).phase()).orElseThrow();
  }

  private static Table table(Table.Shape shape) {
    return new Table("message_history", shape);
  }

  private static Table.Shape plain(Map<Hindrance, List<String>> hindrances) {
    var traits = new Traits(FIT.type(), true, FIT.key(), hindrances);
    return new Table.Plain(traits, Preparation.NONE, Optional.empty(), 1);
  }

  private static Table.Shape whole(Optional<Instant> stray) {
    var span = new Span(Instant.parse("2026-01-01T00:00:00Z"), Instant.MAX);
    return new Table.Partitioned(
        List.of("created_at"),
        true,
        List.of(new Partition("whole", span, 1)),
        Optional.of(new Overflow("message_history_default", stray, stray)));
  }
}
