package io.generalbots.operator.shard.hash;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.HashAlgorithm;
import io.generalbots.api.v1alpha1.shard.HashStrategy;
import io.generalbots.operator.external.spread.Candidate;
import io.generalbots.operator.external.spread.ShardSeen;
import io.generalbots.operator.external.spread.ShardsRead;
import io.generalbots.operator.external.spread.Spread;
import io.generalbots.operator.external.spread.TableSeen;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.sharding.hash.HashFunction;
import io.generalbots.sharding.hash.Load;
import io.generalbots.sharding.hash.ReshardingPlan;
import io.generalbots.sharding.hash.RoutingTable;
import io.generalbots.sharding.hash.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was seen of the shards of a policy, and which tables are spread over them.
 *
 * @param policy whose shards
 * @param read as they were found
 */
record Known(ShardPolicy policy, ShardsRead read) {

  /** Empty if nobody could look at them. */
  static Optional<Known> of(ShardPolicy policy, Facts facts) {
    return facts.surroundings().reading(ShardsRead.class).map(read -> new Known(policy, read));
  }

  HashStrategy wish() {
    return Optional.ofNullable(policy.getSpec().hash())
        .orElseThrow(() -> new IllegalStateException("only strategy Hash has shards by a hash"));
  }

  List<ShardSeen> shards() {
    return read.shards();
  }

  /**
   * What is right, of all that shards know; what a policy begins with where none knows anything.
   */
  Turn turn() {
    return shards().stream()
        .flatMap(shard -> shard.turn().stream())
        .max(Comparator.comparingLong(Turn::number))
        .orElseGet(() -> Turn.first(RoutingTable.of(function(), 1)));
  }

  /** Whether all know the same. */
  boolean isAgreed() {
    var right = turn();
    return shards().stream().allMatch(s -> s.turn().filter(right::equals).isPresent());
  }

  /** Shards that rows may be on, or come to. */
  int count() {
    return shards().size();
  }

  /** Shards that have rows, or will soon. */
  int routed() {
    return turn().table().shards();
  }

  Spread spread() {
    var tables = tables().stream().map(Candidate::name).toList();
    var places = shards().stream().map(ShardSeen::shard).toList();
    return new Spread(policy.getMetadata().getName(), wish().key(), tables, places);
  }

  /** Tables that are spread, or can be. */
  List<Candidate> tables() {
    return read.candidates().stream()
        .filter(t -> isSpread(t) || (t.refusal().isEmpty() && objection(t).isEmpty()))
        .toList();
  }

  boolean isSpread(Candidate table) {
    return table.policy().filter(policy.getMetadata().getName()::equals).isPresent();
  }

  /** Why tables are not spread; those that are named, or all others. */
  Stream<String> refusals(boolean named) {
    return read.candidates().stream()
        .filter(t -> !isSpread(t))
        .filter(t -> wish().tables().contains(t.name()) == named)
        .flatMap(
            t ->
                Stream.concat(t.refusal().stream(), objection(t).stream())
                    .limit(1)
                    .map(why -> "table %s: %s".formatted(t.name(), why)));
  }

  /** Its rows are all on the first shard, where other rows than those of its keys are by now. */
  private Optional<String> objection(Candidate table) {
    var other = table.policy().map(p -> "it is spread by ShardPolicy " + p);
    var late =
        Optional.of("it has rows, and others are spread already: set count to 1 to add it")
            .filter(why -> routed() > 1 && mayHaveRows(table));
    return other.or(() -> late);
  }

  /** Nobody counts while rows move. */
  private boolean mayHaveRows(Candidate table) {
    return turn().isResharding()
        || shards().get(0).table(table.name()).filter(t -> t.keys() == 0).isEmpty();
  }

  /** What each of the shards has that rows are routed to. */
  List<Load> loads() {
    return shards().stream().limit(turn().table().count()).map(Known::load).toList();
  }

  private static Load load(ShardSeen shard) {
    return new Load(keys(shard), bytes(shard));
  }

  /** Distinct keys in the table that has most of them; 0 while rows move. */
  static long keys(ShardSeen shard) {
    return shard.tables().stream().mapToLong(TableSeen::keys).max().orElse(0);
  }

  static long bytes(ShardSeen shard) {
    return shard.tables().stream().mapToLong(TableSeen::bytes).sum();
  }

  /** What a plan is approved by: the same for the same, however much data there is meanwhile. */
  String name(ReshardingPlan plan) {
    return plan.hash(policy.getMetadata().getName() + " " + turn().number());
  }

  HashFunction function() {
    return wish().algorithm() == HashAlgorithm.MODULO
        ? HashFunction.MODULO
        : HashFunction.CONSISTENT_HASH;
  }
}
