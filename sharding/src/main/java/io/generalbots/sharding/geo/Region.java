package io.generalbots.sharding.geo;

import java.util.Set;

/**
 * A region and where its users are.
 *
 * @param name of its own
 * @param countries by ISO 3166-1 code in upper case
 * @param continents by code in upper case; a country that another region names goes there
 */
public record Region(String name, Set<String> countries, Set<String> continents) {

  public Region {
    countries = Set.copyOf(countries);
    continents = Set.copyOf(continents);
  }

  boolean hasCountryOf(Place place) {
    return place.country().filter(countries::contains).isPresent();
  }

  boolean hasContinentOf(Place place) {
    return place.continent().filter(continents::contains).isPresent();
  }
}
