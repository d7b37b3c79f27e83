package io.generalbots.operator.shard.time;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.external.partition.KeepPartitions;
import io.generalbots.operator.external.partition.TablesUnread;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.sharding.time.Deed;
import io.generalbots.sharding.time.PartitionPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps the tables of a policy in partitions. */
public final class TimePartitions implements Component<ShardPolicy> {

  @Override
  public String name() {
    return "partitions";
  }

  /** What keeps one table from being partitioned keeps no other from it. */
  @Override
  public Plan plan(ShardPolicy policy, Facts facts) {
    return Surveyed.of(policy, facts)
        .<Plan>map(all -> new Plan.Apply(all.stream().flatMap(t -> wishes(policy, t)).toList()))
        .orElseGet(() -> new Plan.Hold(unread(facts)));
  }

  private static Stream<Wish> wishes(ShardPolicy policy, Surveyed table) {
    return deeds(table)
        .map(
            deed ->
                new Wish.External(
                    new KeepPartitions(
                        policy.getSpec().clusterRef().name(),
                        table.table().name(),
                        table.column(),
                        deed)));
  }

  private static Stream<Deed> deeds(Surveyed table) {
    return table.plan() instanceof PartitionPlan.Next next ? next.deeds().stream() : Stream.of();
  }

  @Override
  public Health health(ShardPolicy policy, Facts facts) {
    var all = Surveyed.of(policy, facts);
    if (all.isEmpty()) {
      return Health.waiting("TablesNotRead", unread(facts));
    }
    var tables = all.get();
    var done = (int) tables.stream().filter(Surveyed::isDone).count();
    return refused(tables)
        .or(() -> awaited(tables))
        .or(() -> underway(tables))
        .orElseGet(() -> Health.ready("every table is in partitions, as far ahead as asked for"))
        .counting(done, tables.size());
  }

  private static Optional<Health> refused(List<Surveyed> tables) {
    return tables.stream()
        .flatMap(t -> t.refusal().stream().map(why -> table(t) + " cannot be partitioned: " + why))
        .reduce((one, next) -> one + ". " + next)
        .map(why -> Health.refused("TableRefused", why));
  }

  private static Optional<Health> awaited(List<Surveyed> tables) {
    return tables.stream()
        .filter(t -> t.plan() instanceof PartitionPlan.Awaited)
        .findFirst()
        .map(
            t ->
                Health.waiting(
                    "TableMissing",
                    table(t)
                        + " is not there: the bot servers make theirs when they start for the"
                        + " first time"));
  }

  private static Optional<Health> underway(List<Surveyed> tables) {
    return tables.stream()
        .flatMap(t -> deeds(t).map(deed -> table(t) + ": " + deed.words()))
        .findFirst()
        .map(words -> Health.waiting("Partitioning", words));
  }

  /** A bound as it is told; none of what has none. */
  static Optional<String> bound(Instant at) {
    return Instant.MIN.equals(at) || Instant.MAX.equals(at)
        ? Optional.empty()
        : Optional.of(at.toString());
  }

  private static String unread(Facts facts) {
    return facts
        .surroundings()
        .reading(TablesUnread.class)
        .map(TablesUnread::why)
        .orElse("nobody has looked at the tables yet");
  }

  private static String table(Surveyed table) {
    return "table " + table.table().name();
  }
}
