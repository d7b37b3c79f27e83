package io.generalbots.edge.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the router: environment variables {@code EDGE_…}. */
@ConfigMapping(prefix = "edge")
interface EdgeConfiguration {

  /** Namespace whose tables are read; its own if left out. */
  Optional<String> namespace();

  /** A folder with tables instead. */
  Optional<Path> folder();

  /** File of the last known copy; none is kept if left out. */
  Optional<Path> snapshot();

  /** Networks of proxies whose word on addresses and countries counts, such as 10.42.0.0/16. */
  Optional<List<String>> trustedProxies();

  /** Header in which they tell the country. */
  @WithDefault("X-Generalbots-Country")
  String countryHeader();

  /** Time that a region must have been up before it takes users from another one. */
  @WithDefault("60s")
  Duration hold();

  /** The GeoIP database. */
  Geoip geoip();

  /** Where it is. */
  interface Geoip {

    /** Its file; without one no address has a place. */
    Optional<Path> path();
  }
}
