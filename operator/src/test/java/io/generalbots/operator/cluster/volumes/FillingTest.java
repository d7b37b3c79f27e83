package io.generalbots.operator.cluster.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.shared.AutoGrow;
import io.generalbots.api.v1alpha1.shared.Storage;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Wish;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Volumes that fill up, whatever their sizes, at any rate, while kubelets look late and drivers
 * take their time: they grow as long as they may, and by no step that nothing new was seen for.
 */
class FillingTest {

  private static final int STEPS = 400;
  private static final long MIB = 1L << 20;
  private static final Fill NOTHING = new Fill(0, false, 0);

  private final Map<String, PersistentVolumeClaim> claims = new HashMap<>();
  private final Map<String, Long> systems = new HashMap<>();
  private final Map<String, Fill> seen = new HashMap<>();
  private long used;

  static List<Integer> seeds() {
    return IntStream.range(0, 200).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theyGrowAsFarAsTheyMayAndNoStepIsTakenTwice(int seed) {
    var random = new Random(seed);
    var size = 300 + random.nextInt(40_000);
    var max = size + random.nextInt(3 * size);
    var storage =
        new Storage(mebibytes(size), null, new AutoGrow(50 + random.nextInt(46), mebibytes(max)));
    for (var i = 0; i < 1 + random.nextInt(3); i++) {
      create("c" + i, size);
    }
    var rate = MIB * (1 + random.nextInt(size / 50));
    for (var step = 0; step < STEPS; step++) {
      used += rate;
      if (random.nextInt(3) == 0) {
        look();
      }
      round(storage);
      if (random.nextInt(3) == 0) {
        resize();
      }
    }
    fillUp(storage);
    assertThat(request("c0")).isEqualByComparingTo(bytes(mebibytes(max)));
  }

  /** Full to the last byte, and however long it takes. */
  private void fillUp(Storage storage) {
    used = Long.MAX_VALUE;
    for (var step = 0; step < STEPS; step++) {
      look();
      round(storage);
      resize();
    }
  }

  private void create(String name, int size) {
    claims.put(name, Plates.claim(name, size + "Mi"));
    systems.put(name, size * MIB - Plates.OVERHEAD);
  }

  /** Only the first fills up. */
  private void look() {
    systems.forEach(
        (name, capacity) -> {
          var full = "c0".equals(name) ? Math.min(used, capacity) : capacity / 10;
          var bytes = new Fill.Count(full, capacity - full);
          seen.put(name, Fill.of(bytes, new Fill.Count(1, 1_000), capacity));
        });
  }

  private void round(Storage storage) {
    var all = List.copyOf(claims.values());
    var growth = Plates.growth(storage, all, seen);
    var before = request("c0");
    var now = systems.getOrDefault("c0", 0L);
    var hadGrown = now == before.longValue() - Plates.OVERHEAD;
    new ServerVolumes(growth.size(), all, seen).growth().forEach(this::apply);
    var after = request("c0");
    assertThat(after).isGreaterThanOrEqualTo(before);
    if (storage.autoGrow() != null) {
      assertThat(after).isLessThanOrEqualTo(bytes(storage.autoGrow().maxSize()));
    }
    if (after.compareTo(before) > 0) {
      assertThat(hadGrown).as("the step before is done").isTrue();
      assertThat(seen).as("what was seen").containsKey("c0");
      assertThat(seen.getOrDefault("c0", NOTHING).capacity()).isEqualTo(now);
    }
    assertThat(claims.values().stream().map(c -> new Claim(c).request()).distinct()).hasSize(1);
  }

  private void apply(Wish wish) {
    var wished = (PersistentVolumeClaim) ((Wish.Amend) wish).object();
    claims.computeIfPresent(
        wished.getMetadata().getName(),
        (name, live) ->
            new PersistentVolumeClaimBuilder(live)
                .editMetadata()
                .withAnnotations(wished.getMetadata().getAnnotations())
                .endMetadata()
                .editSpec()
                .withResources(wished.getSpec().getResources())
                .endSpec()
                .build());
  }

  /** A driver grows the file system, and tells the claim. */
  private void resize() {
    claims.replaceAll(
        (name, live) -> {
          var size = new Claim(live).request();
          systems.put(name, bytes(size).longValue() - Plates.OVERHEAD);
          return new PersistentVolumeClaimBuilder(live)
              .editStatus()
              .withCapacity(Map.of("storage", size))
              .endStatus()
              .build();
        });
  }

  private BigDecimal request(String name) {
    return bytes(new Claim(Objects.requireNonNull(claims.get(name))).request());
  }

  private static Quantity mebibytes(int size) {
    return new Quantity(size + "Mi");
  }

  private static BigDecimal bytes(Quantity quantity) {
    return Sizes.bytes(quantity);
  }
}
