package io.generalbots.operator.external.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.tenant.LimitsSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What of a measure each Tenant is told. */
class UsageTest {

  private static final long MEBIBYTE = 1L << 20;
  private static final long GIBIBYTE = 1L << 30;

  private static final Sizes ALL =
      new Sizes(
          "u-demo",
          Optional.of(Map.of("t_acme", 3 * GIBIBYTE, "t_rival", GIBIBYTE)),
          Optional.of(Map.of("rival", MEBIBYTE)),
          Optional.of(Map.of("sales.gbai", 2 * MEBIBYTE, "other.gbai", GIBIBYTE)),
          Optional.of(Map.of("acme", 1_000L)));

  @Test
  void eachIsToldOfItsOwn() {
    var usage = ALL.of("acme", List.of("sales.gbai", "empty.gbai"));
    assertThat(usage.database()).contains(3 * GIBIBYTE);
    assertThat(usage.cache()).contains(0L);
    assertThat(usage.buckets()).contains(Map.of("sales.gbai", 2 * MEBIBYTE, "empty.gbai", 0L));
    assertThat(usage.vectors()).contains(1_000L);
    assertThat(ALL.of("nobody", List.of()).database()).isEmpty();
    assertThat(ALL.of("nobody", List.of()).vectors()).contains(0L);
  }

  /** A Tenant is looked at again whenever its usage is another. */
  @Test
  void aLittleMoreIsNoNews() {
    assertThat(database(10 * GIBIBYTE + 9 * MEBIBYTE)).isEqualTo(database(10 * GIBIBYTE));
    assertThat(database(10 * GIBIBYTE - 1)).isNotEqualTo(database(10 * GIBIBYTE));
    for (var bytes : List.of(0L, 1L, 65_537L, 10 * MEBIBYTE + 1, 7 * GIBIBYTE + 12_345)) {
      var told = database(bytes).database().orElseThrow();
      assertThat(told).isBetween((long) (bytes * (1 - 1.0 / 64)) - 65_536, bytes);
    }
  }

  @Test
  void whoHasTooMuchOfAnythingIsKnownBeforeItIsTold() {
    var usage = ALL.of("acme", List.of("sales.gbai"));
    assertThat(usage.exceeds(limits("3Gi", "1Mi", "2Mi"))).isFalse();
    assertThat(usage.exceeds(limits("2Gi", "1Mi", "2Mi"))).isTrue();
    assertThat(usage.exceeds(limits("3Gi", "1Mi", "1Mi"))).isTrue();
    assertThat(usage.exceeds(null)).isFalse();
  }

  @Test
  void aStoreThatDoesNotAnswerIsKnownFromBefore() {
    var now = caches("u-demo", MEBIBYTE);
    var known = now.or(ALL);
    assertThat(known.databases()).isEqualTo(ALL.databases());
    assertThat(known.caches()).contains(Map.of("acme", MEBIBYTE));
    assertThat(Sizes.UNKNOWN.isKnown()).isFalse();
    // Another BotCluster of the same name.
    assertThat(caches("u-reborn", MEBIBYTE).or(ALL).databases()).isEmpty();
  }

  @Test
  void oneMeasureServesAllWhoComeSoonAfter() {
    var measure = new Measure();
    var taken = new AtomicInteger();
    for (var i = 0; i < 100; i++) {
      assertThat(measure.within(Duration.ofHours(1), former -> counted(taken))).isEqualTo(ALL);
    }
    assertThat(taken).hasValue(1);
    assertThat(measure.within(Duration.ZERO, former -> Sizes.UNKNOWN.or(former)))
        .isEqualTo(Sizes.UNKNOWN);
  }

  @Test
  void nobodyWaitsForWhoMeasures() throws InterruptedException {
    var measure = new Measure();
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var first = new Thread(() -> measure.within(Duration.ZERO, former -> slow(begun, end)));
    first.start();
    begun.await();
    assertThat(measure.within(Duration.ZERO, former -> ALL)).isEqualTo(Sizes.UNKNOWN);
    end.countDown();
    first.join();
    assertThat(measure.within(Duration.ofHours(1), former -> Sizes.UNKNOWN)).isEqualTo(ALL);
  }

  private static Sizes counted(AtomicInteger taken) {
    taken.incrementAndGet();
    return ALL;
  }

  private static Sizes slow(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return ALL;
  }

  private static Sizes caches(String cluster, long bytes) {
    return new Sizes(
        cluster,
        Optional.empty(),
        Optional.of(Map.of("acme", bytes)),
        Optional.empty(),
        Optional.empty());
  }

  private static LimitsSpec limits(String database, String cache, String buckets) {
    return new LimitsSpec(
        1, new Quantity(database), new Quantity(cache), new Quantity(buckets), 1_000_000L, 1, 1);
  }

  private static Usage database(long bytes) {
    return new Usage(Optional.of(bytes), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
