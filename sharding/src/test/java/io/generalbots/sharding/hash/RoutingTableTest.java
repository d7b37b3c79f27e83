package io.generalbots.sharding.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line that says where keys are. */
class RoutingTableTest {

  private static final RoutingTable FOUR = RoutingTable.of(HashFunction.CONSISTENT_HASH, 4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1 ConsistentHash 4",
        "v1 Modulo 256",
        "v1 ConsistentHash 4->5 @0",
        "v1 ConsistentHash 4->5 @17",
        "v1 ConsistentHash 4->5 @17+239",
        "v1 Modulo 5->1 @17-17",
        "v1 Modulo 5->1 @256"
      })
  void aLineIsWrittenAsItIsRead(String line) {
    assertThat(RoutingTable.parse(line)).hasToString(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1 ConsistentHash 4 ",
        " v1 ConsistentHash 4",
        "v1 ConsistentHash 4\n",
        "v1  ConsistentHash 4",
        "V1 ConsistentHash 4",
        "v1 consistenthash 4",
        "v1 Ring 4",
        "v2 ConsistentHash 4",
        "v01 ConsistentHash 4",
        "v1 ConsistentHash 0",
        "v1 ConsistentHash 257",
        "v1 ConsistentHash 04",
        "v1 ConsistentHash \u0664",
        "v1 ConsistentHash -4",
        "v1 ConsistentHash 99999999999",
        "v1 ConsistentHash 4->5",
        "v1 ConsistentHash 4->4 @0",
        "v1 ConsistentHash 4->0 @0",
        "v1 ConsistentHash 4 @17",
        "v1 ConsistentHash 4->5 @257",
        "v1 ConsistentHash 4->5 @-1",
        "v1 ConsistentHash 4->5 @17+0",
        "v1 ConsistentHash 4->5 @17+240",
        "v1 ConsistentHash 4->5 @17-18",
        "v1 ConsistentHash 4->5 @17 +1"
      })
  void anyOtherLineIsRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> RoutingTable.parse(line));
  }

  @Test
  void aReshardingStartsAtTheCountThereIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FOUR.with(Resharding.between(3, 5)))
        .withMessage("there are 4 shards, and the resharding starts at 3");
  }

  @Test
  void aReshardingIsNotFinishedHalfWay() {
    var half = FOUR.with(new Resharding(4, 5, 17, 0));
    assertThatIllegalStateException().isThrownBy(half::finish);
    assertThatIllegalStateException().isThrownBy(FOUR::finish);
    var copied = FOUR.with(new Resharding(4, 5, 255, 1));
    assertThatIllegalStateException().isThrownBy(copied::finish);
  }

  @Test
  void rangesDoNotBeginToMoveWhileOthersDo() {
    var moving = Resharding.between(4, 5).moveOn(1);
    assertThatIllegalStateException().isThrownBy(() -> moving.moveOn(1));
    assertThatIllegalStateException().isThrownBy(() -> moving.moveBack(1));
    assertThatIllegalArgumentException().isThrownBy(() -> moving.abort().moveOn(0));
  }

  @Test
  void aKeyGoesFromWaitingOverMovingToMoved() {
    var key = keyThatMoves();
    var range = KeyRange.of(KeyHash.of(key));
    assertThat(at(key, range, 0)).isEqualTo(route(Route.Stage.WAITING, oldShard(key)));
    assertThat(at(key, range, 1))
        .isEqualTo(new Route(Route.Stage.MOVING, oldShard(key), OptionalInt.of(4)));
    assertThat(at(key, range + 1, 0)).isEqualTo(route(Route.Stage.MOVED, 4));
    assertThat(at(key, range + 1, -1))
        .isEqualTo(new Route(Route.Stage.MOVING, 4, OptionalInt.of(oldShard(key))));
  }

  private static Route at(String key, int frontier, int moving) {
    return FOUR.with(new Resharding(4, 5, frontier, moving)).routeOf(key);
  }

  private static Route route(Route.Stage stage, int shard) {
    return new Route(stage, shard, OptionalInt.empty());
  }

  private static int oldShard(String key) {
    return FOUR.routeOf(key).shard();
  }

  private static String keyThatMoves() {
    return IntStream.range(0, 100)
        .mapToObj(i -> "user-" + i)
        .filter(key -> RoutingTable.of(HashFunction.CONSISTENT_HASH, 5).routeOf(key).shard() == 4)
        .findFirst()
        .orElseThrow();
  }
}
