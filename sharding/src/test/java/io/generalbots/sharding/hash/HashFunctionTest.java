package io.generalbots.sharding.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.hash.Hashing;
import io.generalbots.sharding.Laws;
import java.math.BigInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both functions: where they send keys, and how many they move. */
class HashFunctionTest {

  private static final BigInteger MULTIPLIER = BigInteger.valueOf(2862933555777941757L);
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

  /**
   * Hashes after whose first step the generator's upper 31 bits are these: where quotients are
   * whole numbers and divisions in floating point go wrong, Guava's for 2147483647.
   */
  static final long[] HASHES_WITH_WHOLE_QUOTIENTS =
      LongStream.of(0, 1, 8388607, 8388608, 16777215, 1073741823, 1073741824, 2147483647)
          .flatMap(upper -> LongStream.of(0, 1, (1L << 33) - 1).map(low -> (upper << 33) + low))
          .map(HashFunctionTest::seedOf)
          .toArray();

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 257, Integer.MAX_VALUE})
  void aCountThatCannotBeIsRefused(int count) {
    for (var function : HashFunction.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> function.shardOf(1, count))
          .withMessage("the number of shards must be 1 to 256, not " + count);
    }
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThat(HashFunction.labelled("Modulo")).isEqualTo(HashFunction.MODULO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HashFunction.labelled("modulo"))
        .withMessage("a hash function is ConsistentHash or Modulo, not modulo");
  }

  @Test
  void jumpHashIsWhatGuavaComputes() {
    Laws.hold(
        200_000,
        random -> {
          var hash = random.nextLong();
          var count = 1 + random.nextInt(HashFunction.MAX_COUNT);
          assertThat(HashFunction.CONSISTENT_HASH.shardOf(hash, count))
              .isEqualTo(Hashing.consistentHash(hash, count));
        });
  }

  @Test
  void jumpHashIsExactWhereQuotientsAreWholeNumbers() {
    for (var hash : HASHES_WITH_WHOLE_QUOTIENTS) {
      for (var count = 1; count <= HashFunction.MAX_COUNT; count++) {
        assertThat(HashFunction.CONSISTENT_HASH.shardOf(hash, count)).isEqualTo(exact(hash, count));
      }
    }
  }

  /** The generator's step taken back. */
  private static long seedOf(long state) {
    return BigInteger.valueOf(state - 1).multiply(MULTIPLIER.modInverse(WORD)).longValue();
  }

  /** The paper's lines, in numbers without a limit. */
  private static int exact(long hash, int count) {
    var state = BigInteger.valueOf(hash).mod(WORD);
    var shard = BigInteger.ONE.negate();
    var next = BigInteger.ZERO;
    while (next.compareTo(BigInteger.valueOf(count)) < 0) {
      shard = next;
      state = state.multiply(MULTIPLIER).add(BigInteger.ONE).mod(WORD);
      var divisor = state.shiftRight(33).add(BigInteger.ONE);
      next = shard.add(BigInteger.ONE).shiftLeft(31).divide(divisor);
    }
    return shard.intValueExact();
  }

  @Test
  void moduloTakesTheHashAsUnsigned() {
    assertThat(HashFunction.MODULO.shardOf(-1, 256)).isEqualTo(255);
    assertThat(HashFunction.MODULO.shardOf(Long.MIN_VALUE, 3)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aMillionKeysAreSpreadEvenly(HashFunction function) {
    var hashes = LongStream.range(0, 1_000_000).map(i -> KeyHash.of(Long.toString(i))).toArray();
    for (var count : new int[] {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 256}) {
      var keys = new int[count];
      LongStream.of(hashes).forEach(hash -> keys[function.shardOf(hash, count)]++);
      var max = LongStream.range(0, count).map(shard -> keys[(int) shard]).max().orElseThrow();
      assertThat((double) max * count / hashes.length)
          .as("largest/mean of %d shards", count)
          .isBetween(1.0, count <= 16 ? 1.01 : 1.06);
    }
  }

  /** Growth moves what is due to the new shards, shrinking only what was on those that go. */
  @ParameterizedTest
  @CsvSource({"4, 5", "1, 2", "5, 4", "16, 17", "8, 12", "256, 255", "12, 7"})
  void consistentMovesNoMoreThanIsDue(int from, int to) {
    var due = 1 - (double) Math.min(from, to) / Math.max(from, to);
    assertThat(moved(HashFunction.CONSISTENT_HASH, from, to)).isBetween(due * 0.9, due * 1.1);
  }

  /** Why Modulo is not the default. */
  @ParameterizedTest
  @CsvSource({"4, 5, 0.8", "4, 8, 0.5", "6, 4, 0.6667"})
  void moduloMovesMost(int from, int to, double share) {
    assertThat(moved(HashFunction.MODULO, from, to)).isBetween(share * 0.99, share * 1.01);
  }

  private static double moved(HashFunction function, int from, int to) {
    var random = Laws.random(from * 1000L + to);
    return random
            .longs(300_000)
            .filter(hash -> function.shardOf(hash, from) != function.shardOf(hash, to))
            .count()
        / 300_000.0;
  }

  /** Growth never moves a key between shards that stay; so the way back is the way there. */
  @Test
  void aKeyThatMovesComesToANewShardAndFromOneThatGoes() {
    Laws.hold(
        20_000,
        random -> {
          var hash = random.nextLong();
          var shard = 0;
          for (var count = 2; count <= HashFunction.MAX_COUNT; count++) {
            var next = HashFunction.CONSISTENT_HASH.shardOf(hash, count);
            assertThat(next).as("at %d", count).isIn(shard, count - 1);
            shard = next;
          }
        });
  }
}
