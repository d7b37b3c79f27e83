package io.generalbots.sharding.geo;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All regions of a policy.
 *
 * @param regions in the order that matters where nothing else does
 * @param defaultRegion name of the one for users whose place belongs to none
 */
public record Regions(List<Region> regions, String defaultRegion) {

  public Regions {
    regions = List.copyOf(regions);
    checkOnce("region", regions.stream().map(Region::name));
    checkOnce("country", regions.stream().map(Region::countries).flatMap(Collection::stream));
    if (regions.stream().map(Region::name).noneMatch(defaultRegion::equals)) {
      throw new IllegalArgumentException(
          "the default region is none of the regions: " + defaultRegion);
    }
  }

  /**
   * Names of all regions for users of this place, the best first: the one that has their country,
   * those that have their continent, the default, and all others, each kind in the order of the
   * policy. O(regions).
   */
  public List<String> preference(Place place) {
    return Stream.<Predicate<Region>>of(
            region -> region.hasCountryOf(place),
            region -> region.hasContinentOf(place),
            region -> region.name().equals(defaultRegion),
            region -> true)
        .flatMap(kind -> regions.stream().filter(kind))
        .map(Region::name)
        .distinct()
        .toList();
  }

  /** The best region that is up; empty if none is. */
  public Optional<String> first(Place place, Set<String> healthy) {
    return preference(place).stream().filter(healthy::contains).findFirst();
  }

  private static void checkOnce(String kind, Stream<String> names) {
    var seen = new HashSet<String>();
    names
        .filter(name -> !seen.add(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(kind + " " + name + " is there twice");
            });
  }
}
