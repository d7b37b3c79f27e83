package io.generalbots.operator.shard.time;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.PartitionedTable;
import io.generalbots.api.v1alpha1.shard.TimeStrategy;
import io.generalbots.operator.external.partition.TablesRead;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.sharding.time.Interval;
import io.generalbots.sharding.time.Overflow;
import io.generalbots.sharding.time.Partition;
import io.generalbots.sharding.time.PartitionPlan;
import io.generalbots.sharding.time.PartitionPlanner;
import io.generalbots.sharding.time.Retention;
import io.generalbots.sharding.time.Rules;
import io.generalbots.sharding.time.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table of a policy, as it was found, and what has to become of it.
 *
 * @param table as it was found
 * @param column that says where a row belongs
 * @param plan what has to become of it
 */
record Surveyed(Table table, String column, PartitionPlan plan) {

  /** All tables of a policy; empty if nobody could look at them. */
  static Optional<List<Surveyed>> of(ShardPolicy policy, Facts facts) {
    return Optional.ofNullable(policy.getSpec().time())
        .flatMap(
            time ->
                facts.surroundings().reading(TablesRead.class).map(read -> surveyed(time, read)));
  }

  private static List<Surveyed> surveyed(TimeStrategy time, TablesRead read) {
    return time.tables().stream().map(table -> surveyed(time, table, read)).toList();
  }

  private static Surveyed surveyed(TimeStrategy time, PartitionedTable wanted, TablesRead read) {
    var found =
        read.tables().stream()
            .filter(t -> t.name().equals(wanted.name()))
            .findFirst()
            .orElseGet(() -> new Table(wanted.name(), new Table.Missing()));
    var rules = new Rules(wanted.column(), interval(time), time.createAhead());
    return new Surveyed(
        found, wanted.column(), new PartitionPlanner(rules, read.now()).plan(found));
  }

  /**
   * A partition that has been there for long enough.
   *
   * @param table it is a part of
   * @param column that says where a row belongs
   * @param partition itself
   */
  record Old(Table table, String column, Partition partition) {}

  /** All of them, table by table, the oldest first. */
  static List<Old> old(ShardPolicy policy, Facts facts, List<Surveyed> tables) {
    var months =
        Optional.ofNullable(policy.getSpec().time()).map(TimeStrategy::retentionMonths).orElse(0);
    var retention = new Retention(months, earlier(facts));
    return tables.stream()
        .flatMap(
            t ->
                retention.over(t.partitions().toList()).stream()
                    .map(p -> new Old(t.table(), t.column(), p)))
        .toList();
  }

  /** A clock that is ahead should remove nothing. */
  private static Instant earlier(Facts facts) {
    return facts
        .surroundings()
        .reading(TablesRead.class)
        .map(TablesRead::now)
        .filter(server -> server.isBefore(facts.now()))
        .orElse(facts.now());
  }

  private static Interval interval(TimeStrategy time) {
    return switch (time.interval()) {
      case DAILY -> Interval.DAILY;
      case WEEKLY -> Interval.WEEKLY;
      case MONTHLY -> Interval.MONTHLY;
      case YEARLY -> Interval.YEARLY;
    };
  }

  /** Whether nothing is left to be done. */
  boolean isDone() {
    return plan instanceof PartitionPlan.Next next && next.deeds().isEmpty();
  }

  /** Why it cannot be partitioned. */
  Optional<String> refusal() {
    return plan instanceof PartitionPlan.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  /** Its parts, but for that of all others. */
  Stream<Partition> partitions() {
    return table.shape() instanceof Table.Partitioned partitioned
        ? partitioned.partitions().stream().sorted(Comparator.comparing(p -> p.span().from()))
        : Stream.of();
  }

  /** The part of all others, if there is a row in it. */
  Optional<Overflow> strays() {
    return table.shape() instanceof Table.Partitioned partitioned
        ? partitioned.overflow().filter(o -> !o.isEmpty())
        : Optional.empty();
  }
}
