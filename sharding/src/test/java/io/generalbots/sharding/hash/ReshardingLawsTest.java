package io.generalbots.sharding.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.sharding.Laws;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every key at every step of any resharding. */
class ReshardingLawsTest {

  /** A resharding with keys that are looked at before and after each of its steps. */
  private record Watch(RoutingTable before, int to, List<Long> hashes) {

    static Watch any(Random random) {
      var functions = HashFunction.values();
      var from = 1 + random.nextInt(HashFunction.MAX_COUNT);
      var to = 1 + (from + random.nextInt(HashFunction.MAX_COUNT - 1)) % HashFunction.MAX_COUNT;
      return new Watch(
          RoutingTable.of(functions[random.nextInt(functions.length)], from),
          to,
          random.longs(24).boxed().toList());
    }

    Resharding start() {
      return Resharding.between(before.count(), to);
    }

    /** A key changes its shard only for one that it has just been copied to. */
    void step(Resharding earlier, Resharding later) {
      for (var hash : hashes) {
        var was = before.with(earlier).routeOf(hash);
        var is = before.with(later).routeOf(hash);
        if (is.shard() != was.shard()) {
          assertThat(was.other()).hasValue(is.shard());
        }
        checkRoute(is, hash, later);
      }
      assertThat(RoutingTable.parse(before.with(later).toString())).isEqualTo(before.with(later));
    }

    private void checkRoute(Route route, long hash, Resharding now) {
      var old = before.function().shardOf(hash, before.count());
      var next = before.function().shardOf(hash, to);
      var moved = KeyRange.of(hash) < now.frontier();
      assertThat(route.shard()).isEqualTo(moved ? next : old);
      assertThat(route.stage() == Route.Stage.SETTLED).isEqualTo(old == next);
      assertThat(route.other().isPresent()).isEqualTo(route.stage() == Route.Stage.MOVING);
      route.other().ifPresent(other -> assertThat(other).isEqualTo(moved ? old : next));
    }

    void end(RoutingTable finished) {
      var count = finished.count();
      assertThat(hashes)
          .allSatisfy(
              hash ->
                  assertThat(finished.routeOf(hash))
                      .isEqualTo(Route.settled(before.function().shardOf(hash, count))));
    }
  }

  @Test
  void atEveryFrontierAKeyHasOneShardAndAfterTheLastTheNewOne() {
    Laws.hold(
        1_500,
        random -> {
          var watch = Watch.any(random);
          var now = watch.start();
          while (!now.isDone()) {
            var moving = now.moveOn(1 + random.nextInt(20));
            watch.step(now, moving);
            now = random.nextInt(4) == 0 ? moving.abort() : moving.arrive();
            watch.step(moving, now);
          }
          var finished = watch.before().with(now).finish();
          assertThat(finished).isEqualTo(RoutingTable.of(finished.function(), watch.to()));
          watch.end(finished);
        });
  }

  @Test
  void whateverHasMovedCanMoveBack() {
    Laws.hold(
        1_500,
        random -> {
          var watch = Watch.any(random);
          var now = new Resharding(watch.before().count(), watch.to(), random.nextInt(257), 0);
          while (!now.isUndone()) {
            var moving = now.moveBack(1 + random.nextInt(20));
            watch.step(now, moving);
            now = moving.arrive();
            watch.step(moving, now);
          }
          assertThat(watch.before().with(now).finish()).isEqualTo(watch.before());
        });
  }

  @Test
  void thereAndBackAgainEveryKeyIsWhereItWas() {
    Laws.hold(
        1_000,
        random -> {
          var watch = Watch.any(random);
          var there = new Resharding(watch.before().count(), watch.to(), KeyRange.COUNT, 0);
          var away = watch.before().with(there).finish();
          var back = new Resharding(away.count(), watch.before().count(), KeyRange.COUNT, 0);
          assertThat(away.with(back).finish()).isEqualTo(watch.before());
          watch.end(watch.before());
        });
  }
}
