package io.generalbots.operator.shard;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.HashStrategy;
import io.generalbots.api.v1alpha1.shard.TimeStrategy;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.kernel.Objects;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tables that two policies would divide.
 *
 * @param policy that is looked at
 * @param others on the same BotCluster
 */
record Overlap(ShardPolicy policy, List<ShardPolicy> others) {

  /** In place of all tables that have a key. */
  private static final String ALL = "*";

  /** Of two policies over one table the one has it that was there first. */
  Optional<Objection> objection() {
    return others.stream()
        .filter(other -> Objects.AGE.compare(other, policy) < 0)
        .flatMap(other -> shared(other).map(table -> taken(table, other)))
        .findFirst();
  }

  /** Tables that others name; who takes all tables leaves them those. */
  List<String> named() {
    return others.stream().flatMap(Overlap::tables).filter(t -> !ALL.equals(t)).toList();
  }

  private static Objection taken(String table, ShardPolicy other) {
    var name = other.getMetadata().getName();
    return Objection.untilEdited(
        "TableTaken",
        ALL.equals(table)
            ? "ShardPolicy %s spreads all tables: name some in it, and others here".formatted(name)
            : "table %s is divided by ShardPolicy %s: remove it from one of them"
                .formatted(table, name));
  }

  private Stream<String> shared(ShardPolicy other) {
    var ours = tables(policy).toList();
    return tables(other).filter(ours::contains);
  }

  private static Stream<String> tables(ShardPolicy policy) {
    var byTime =
        Optional.ofNullable(policy.getSpec().time()).map(TimeStrategy::tables).stream()
            .flatMap(tables -> tables.stream().map(t -> t.name()));
    var byHash =
        Optional.ofNullable(policy.getSpec().hash())
            .map(HashStrategy::tables)
            .map(named -> named.isEmpty() ? List.of(ALL) : named)
            .stream()
            .flatMap(List::stream);
    return Stream.concat(byTime, byHash);
  }
}
