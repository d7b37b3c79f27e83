package io.generalbots.edge.geoip;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import io.generalbots.sharding.geo.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a record of GeoIP2 and GeoLite2, Country, City and Enterprise alike, says where it is.
 */
public final class GeoRecord {

  private final @Nullable Code country;
  private final @Nullable Code registered;
  private final @Nullable Code continent;

  /** Made by the reader. */
  @MaxMindDbConstructor
  public GeoRecord(
      @MaxMindDbParameter(name = "country") @Nullable Code country,
      @MaxMindDbParameter(name = "registered_country") @Nullable Code registered,
      @MaxMindDbParameter(name = "continent") @Nullable Code continent) {
    this.country = country;
    this.registered = registered;
    this.continent = continent;
  }

  /** Where users are, else where their network is registered. */
  Place place() {
    return new Place(
        text(country).or(() -> text(registered)),
        Optional.ofNullable(continent).flatMap(c -> Optional.ofNullable(c.code)));
  }

  private static Optional<String> text(@Nullable Code country) {
    return Optional.ofNullable(country).flatMap(c -> Optional.ofNullable(c.isoCode));
  }

  /** A country or a continent. */
  public static final class Code {

    private final @Nullable String isoCode;
    private final @Nullable String code;

    /** Made by the reader. */
    @MaxMindDbConstructor
    public Code(
        @MaxMindDbParameter(name = "iso_code") @Nullable String isoCode,
        @MaxMindDbParameter(name = "code") @Nullable String code) {
      this.isoCode = isoCode;
      this.code = code;
    }
  }
}
