package io.generalbots.sharding.published;

import io.generalbots.sharding.geo.Region;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A region, what serves it, and where its users are.
 *
 * @param name of its own
 * @param upstream URL of its gateway, without a path
 * @param countries by ISO 3166-1 code in upper case
 * @param continents by code: AF, AN, AS, EU, NA, OC or SA
 * @param ready whether it serves now
 * @param readySince when it began to, in ISO 8601 and UTC; null if it was never seen down. As text,
 *     so that every reader and writer of JSON has it alike
 */
public record PublishedRegion(
    String name,
    String upstream,
    List<String> countries,
    List<String> continents,
    boolean ready,
    @Nullable String readySince) {

  /** Refuses what could not be told a client as it is. */
  public PublishedRegion {
    Form.LABEL.checked("the name of a region", name);
    Form.UPSTREAM.checked("the upstream of region " + name, upstream);
    countries = Form.COUNTRY.allChecked("a country of region " + name, countries);
    continents = Form.CONTINENT.allChecked("a continent of region " + name, continents);
    instant(name, readySince);
  }

  /** When it became ready; {@link Instant#MIN} if it was never seen down. Empty if it is down. */
  public Optional<Instant> upSince() {
    return ready ? Optional.of(instant(name, readySince).orElse(Instant.MIN)) : Optional.empty();
  }

  /** The region as the rules of preference know it. */
  public Region place() {
    return new Region(name, Set.copyOf(countries), Set.copyOf(continents));
  }

  private static Optional<Instant> instant(String name, @Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("readySince of region " + name + " is no time", e);
    }
  }
}
