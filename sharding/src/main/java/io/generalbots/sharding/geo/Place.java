package io.generalbots.sharding.geo;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a user is, as far as anybody knows.
 *
 * @param country by its ISO 3166-1 code, such as DE, in any case
 * @param continent by its code: AF, AN, AS, EU, NA, OC or SA, in any case
 */
public record Place(Optional<String> country, Optional<String> continent) {

  /** Nobody knows: an address of a private network, or of none. */
  public static final Place UNKNOWN = new Place(Optional.empty(), Optional.empty());

  public Place {
    country = country.map(Place::upper);
    continent = continent.map(Place::upper);
  }

  private static String upper(String code) {
    return code.toUpperCase(Locale.ROOT);
  }
}
