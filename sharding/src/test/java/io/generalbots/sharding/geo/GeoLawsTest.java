package io.generalbots.sharding.geo;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.sharding.Laws;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for any regions and users. */
class GeoLawsTest {

  private static final List<String> COUNTRIES = List.of("US", "CA", "BR", "DE", "NO", "JP", "ZA");
  private static final List<String> CONTINENTS = List.of("NA", "SA", "EU", "AS", "AF");

  @Test
  void everybodyIsServedWhileAnyRegionIsUp() {
    Laws.hold(
        4_000,
        random -> {
          var regions = any(random);
          var place = anyPlace(random);
          var names = regions.regions().stream().map(Region::name).toList();
          assertThat(regions.preference(place)).containsExactlyInAnyOrderElementsOf(names);
          var healthy =
              names.stream().filter(n -> random.nextBoolean()).collect(Collectors.toSet());
          assertThat(regions.first(place, healthy).isPresent()).isEqualTo(!healthy.isEmpty());
          regions.first(place, healthy).ifPresent(name -> checkBest(regions, place, healthy, name));
        });
  }

  /** No region that is up and is passed over suits the user better. */
  private static void checkBest(Regions all, Place place, Set<String> healthy, String chosen) {
    var best =
        all.regions().stream()
            .filter(region -> healthy.contains(region.name()))
            .mapToInt(region -> rank(all, region, place))
            .min()
            .orElseThrow();
    var region = all.regions().stream().filter(r -> r.name().equals(chosen)).findFirst();
    assertThat(rank(all, region.orElseThrow(), place)).isEqualTo(best);
  }

  private static int rank(Regions all, Region region, Place place) {
    if (region.countries().contains(place.country().orElse(""))) {
      return 0;
    }
    if (region.continents().contains(place.continent().orElse(""))) {
      return 1;
    }
    return region.name().equals(all.defaultRegion()) ? 2 : 3;
  }

  /** A user moves only when their region fails, or to a better one that has been up long enough. */
  @Test
  void nobodyFlaps() {
    var returns = new AtomicInteger();
    Laws.hold(
        3_000,
        random -> {
          var preference = any(random).preference(anyPlace(random));
          var stickiness = new Stickiness(Duration.ofSeconds(random.nextInt(60)));
          var up = new HashMap<String, Instant>();
          preference.forEach(name -> up.put(name, Instant.MIN));
          var now = Instant.EPOCH;
          var current = Optional.<String>empty();
          for (var step = 0; step < 60; step++) {
            now = now.plusSeconds(random.nextInt(20));
            change(up, preference.get(random.nextInt(preference.size())), now);
            var health = new Health(up, now);
            var next = stickiness.choose(preference, current, health);
            assertThat(next.isPresent()).isEqualTo(!up.isEmpty());
            if (current.filter(health::isUp).isPresent() && !next.equals(current)) {
              var left = preference.indexOf(current.orElseThrow());
              assertThat(preference.indexOf(next.orElseThrow())).isLessThan(left);
              assertThat(health.isUpFor(stickiness.hold(), next.orElseThrow())).isTrue();
              returns.incrementAndGet();
            }
            current = next;
          }
        });
    assertThat(returns).hasPositiveValue();
  }

  private static void change(Map<String, Instant> up, String region, Instant now) {
    if (up.remove(region) == null) {
      up.put(region, now);
    }
  }

  private static Regions any(Random random) {
    var free = new HashSet<>(COUNTRIES);
    var regions =
        IntStream.rangeClosed(1, 1 + random.nextInt(6))
            .mapToObj(i -> new Region("region-" + i, take(random, free), some(random, CONTINENTS)))
            .toList();
    return new Regions(regions, regions.get(random.nextInt(regions.size())).name());
  }

  /** Some of these, which nobody else gets then. */
  private static Set<String> take(Random random, Set<String> free) {
    var taken = some(random, free);
    free.removeAll(taken);
    return taken;
  }

  private static Set<String> some(Random random, Collection<String> of) {
    return of.stream().sorted().filter(x -> random.nextInt(3) == 0).collect(Collectors.toSet());
  }

  private static Place anyPlace(Random random) {
    return new Place(any(random, COUNTRIES), any(random, CONTINENTS));
  }

  private static Optional<String> any(Random random, List<String> of) {
    return Optional.of(of.get(random.nextInt(of.size()))).filter(x -> random.nextInt(4) > 0);
  }
}
