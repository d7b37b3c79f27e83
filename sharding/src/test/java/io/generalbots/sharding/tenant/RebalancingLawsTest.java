package io.generalbots.sharding.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.sharding.Laws;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every rebalancing. */
class RebalancingLawsTest {

  /** Shards and what is weighed on them. */
  private record Case(Topology before, int maxTenants, int tolerance, boolean byBytes) {

    static Case any(Random random, int maxShards, int maxTenants) {
      return new Case(
          Shards.any(random, maxShards, maxTenants),
          random.nextInt(3) == 0 ? 1 + random.nextInt(maxTenants) : Shards.MANY,
          random.nextInt(50),
          random.nextBoolean());
    }

    RebalancingPlan plan(Topology topology) {
      return byBytes
          ? Rebalancing.byBytes(topology, maxTenants, tolerance)
          : Rebalancing.byTenants(topology, maxTenants);
    }

    Topology after(Stream<TenantMove> moves) {
      return Shards.after(before, moves);
    }

    List<Shard> ready(Topology topology) {
      return topology.shards().stream().filter(Shard::ready).toList();
    }

    long weight(Shard shard) {
      ToLongFunction<Tenant> weight = byBytes ? Tenant::bytes : tenant -> 1;
      return shard.tenants().stream().mapToLong(weight).sum();
    }

    /** Whether a shard has more than one tenant, or the tolerance, above the mean. */
    boolean isOver(Shard shard) {
      var ready = ready(before);
      var mean = ready.stream().mapToLong(this::weight).sum() / (double) ready.size();
      return weight(shard) > (byBytes ? mean * (100 + tolerance) / 100 + 1e-6 : mean + 1);
    }

    List<String> over(Topology topology) {
      return ready(topology).stream().filter(this::isOver).map(Shard::name).toList();
    }
  }

  @Test
  void aPlanThatWasCarriedOutLeavesNothingToPlan() {
    Laws.hold(
        4_000,
        random -> {
          var any = Case.any(random, 8, 12);
          var plan = any.plan(any.before());
          var after = any.after(plan.moves().stream());
          assertThat(any.plan(after)).isEqualTo(new RebalancingPlan(List.of(), plan.overloaded()));
          assertThat(any.over(after)).isEqualTo(plan.overloaded());
        });
  }

  @Test
  void aMoveIsNeverOfThePinnedNorToAShardThatIsDownFullOrOverItsShare() {
    Laws.hold(
        4_000,
        random -> {
          var any = Case.any(random, 8, 12);
          var moves = any.plan(any.before()).moves();
          assertThat(moves).extracting(TenantMove::tenant).doesNotHaveDuplicates();
          for (var done = 1; done <= moves.size(); done++) {
            var move = moves.get(done - 1);
            var after = any.after(moves.stream().limit(done));
            var target = named(after, move.to());
            assertThat(target.ready() && named(after, move.from()).ready()).isTrue();
            assertThat(target.tenants())
                .hasSizeLessThanOrEqualTo(Math.min(target.capacity(), any.maxTenants()));
            assertThat(any.isOver(target)).isFalse();
            assertThat(target.tenants())
                .anyMatch(t -> t.name().equals(move.tenant()) && !t.isPinned());
          }
        });
  }

  private static Shard named(Topology topology, String name) {
    return topology.shards().stream()
        .filter(shard -> shard.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Whichever move is left out, a shard is over its share that would not have been. */
  @Test
  void noMoveCanBeLeftOut() {
    Laws.hold(
        4_000,
        random -> {
          var any = Case.any(random, 8, 12);
          var plan = any.plan(any.before());
          for (var left : plan.moves()) {
            var after = any.after(plan.moves().stream().filter(move -> !move.equals(left)));
            assertThat(any.over(after)).contains(left.from());
          }
        });
  }

  /** By tenants each move takes one from what is too many, and no move can take more. */
  @Test
  void byTenantsThereIsNoShorterPlan() {
    Laws.hold(
        4_000,
        random -> {
          var any = Case.any(random, 8, 12);
          var plan = Rebalancing.byTenants(any.before(), any.maxTenants());
          var count = new Case(any.before(), any.maxTenants(), 0, false);
          var after = count.after(plan.moves().stream());
          assertThat(plan.moves())
              .hasSize(excess(count, any.before()) - excess(count, after))
              .hasSize(Math.min(movable(count), room(count)));
        });
  }

  private static int limit(Case any) {
    var ready = any.ready(any.before());
    var tenants = ready.stream().mapToInt(shard -> shard.tenants().size()).sum();
    return ready.isEmpty() ? 0 : tenants / ready.size() + 1;
  }

  private static int excess(Case any, Topology topology) {
    return any.ready(topology).stream()
        .mapToInt(s -> Math.max(0, s.tenants().size() - limit(any)))
        .sum();
  }

  private static int movable(Case any) {
    return any.ready(any.before()).stream()
        .mapToInt(
            s ->
                Math.min(
                    Math.max(0, s.tenants().size() - limit(any)),
                    (int) s.tenants().stream().filter(t -> !t.isPinned()).count()))
        .sum();
  }

  private static int room(Case any) {
    return any.ready(any.before()).stream()
        .mapToInt(
            s ->
                Math.max(
                    0,
                    Math.min(limit(any), Math.min(s.capacity(), any.maxTenants()))
                        - s.tenants().size()))
        .sum();
  }

  /**
   * Against all that could be done with up to three shards of three tenants. Where only a swap
   * would help the plan gives up; where it does not, it is hardly ever longer than the shortest.
   */
  @Test
  void byBytesThePlanIsSeldomLongerThanTheShortest() {
    var solvable = new ArrayList<Boolean>();
    var longer = new ArrayList<Integer>();
    Laws.hold(
        3_000,
        random -> {
          var before = Shards.any(random, 3, 3);
          var any = new Case(before, Shards.MANY, 20 + random.nextInt(30), true);
          var plan = any.plan(before);
          shortest(any)
              .filter(best -> best > 0)
              .ifPresent(best -> solvable.add(plan.overloaded().isEmpty()));
          if (plan.overloaded().isEmpty()) {
            longer.add(plan.moves().size() - shortest(any).orElseThrow());
          }
        });
    assertThat(solvable).hasSizeGreaterThan(80);
    assertThat(solvable.stream().filter(solved -> solved))
        .hasSizeGreaterThan(solvable.size() * 2 / 3);
    assertThat(longer.stream().filter(moves -> moves > 0)).hasSizeLessThan(longer.size() / 100);
  }

  /** Moves of the shortest plan that evens all out; empty if there is none. */
  private static Optional<Integer> shortest(Case any) {
    var ready = any.ready(any.before());
    var tenants =
        ready.stream().flatMap(s -> s.tenants().stream()).filter(t -> !t.isPinned()).toList();
    return IntStream.range(0, (int) Math.pow(ready.size(), tenants.size()))
        .mapToObj(way -> moves(ready, tenants, way))
        .filter(moves -> isSolution(any, any.after(moves.stream())))
        .map(List::size)
        .min(Comparator.naturalOrder());
  }

  private static boolean isSolution(Case any, Topology after) {
    return any.over(after).isEmpty()
        && any.ready(after).stream()
            .allMatch(
                shard ->
                    shard.tenants().size()
                        <= Math.max(
                            shard.capacity(), named(any.before(), shard.name()).tenants().size()));
  }

  private static List<TenantMove> moves(List<Shard> ready, List<Tenant> tenants, int way) {
    return IntStream.range(0, tenants.size())
        .mapToObj(
            i -> {
              var to = ready.get(way / (int) Math.pow(ready.size(), i) % ready.size()).name();
              var from =
                  ready.stream().filter(s -> s.tenants().contains(tenants.get(i))).findFirst();
              return new TenantMove(tenants.get(i).name(), from.orElseThrow().name(), to, 0);
            })
        .filter(move -> !move.from().equals(move.to()))
        .toList();
  }
}
