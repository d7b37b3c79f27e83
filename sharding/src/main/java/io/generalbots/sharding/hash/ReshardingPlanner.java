package io.generalbots.sharding.hash;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tells what a change of the number of shards moves: shares times what was measured. */
public final class ReshardingPlanner {

  private ReshardingPlanner() {}

  /**
   * The plan from as many shards as have a load to another count. O(from * to).
   *
   * <p>Consistent: each shard gives 1/to of its keys to each new shard, or, if it goes itself, to
   * each that stays (Lamping and Veach 2014, section 2). Modulo: a key of shard s comes to those
   * shards that leave the same remainder as s divided by gcd(from, to), to each of them with the
   * same chance (Chinese remainder theorem).
   *
   * @param loads what was measured, by number of the shard
   * @param to shards there will be
   */
  public static ReshardingPlan plan(HashFunction function, List<Load> loads, int to) {
    var from = HashFunction.checkedCount(loads.size());
    HashFunction.checkedCount(to);
    var moves =
        IntStream.range(0, from)
            .boxed()
            .flatMap(shard -> moves(shard, loads.get(shard), targets(function, shard, from, to)))
            .toList();
    return new ReshardingPlan(function, from, to, moves);
  }

  /**
   * The shards that a shard gives keys to.
   *
   * @param first the first of them
   * @param end they end before it
   * @param step from one to the next
   * @param parts equal parts that the shard's keys fall into; shard t gets part t / step
   */
  private record Targets(int first, int end, int step, int parts) {

    IntStream shards() {
      return IntStream.iterate(first, t -> t < end, t -> t + step);
    }
  }

  private static Stream<ReshardingMove> moves(int shard, Load load, Targets targets) {
    return targets
        .shards()
        .filter(target -> target != shard)
        .mapToObj(
            target ->
                new ReshardingMove(
                    shard, target, load.part(target / targets.step(), targets.parts())));
  }

  private static Targets targets(HashFunction function, int shard, int from, int to) {
    return switch (function) {
      case CONSISTENT_HASH -> new Targets(shard < to ? from : 0, to, 1, to);
      case MODULO -> {
        var step = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValueExact();
        yield new Targets(shard % step, to, step, to / step);
      }
    };
  }
}
