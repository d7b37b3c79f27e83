package io.generalbots.edge.runtime;

import io.generalbots.edge.geoip.GeoFile;
import io.generalbots.edge.table.Board;
import io.generalbots.edge.table.Supply;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is watched of the router itself.
 *
 * @param board the tables
 * @param supply brings them
 * @param geoFile the GeoIP database, if there is one
 */
record Meters(Board board, Supply supply, Optional<GeoFile> geoFile) implements MeterBinder {

  private static final double MILLIS = 1000;

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("generalbots.edge.policies", board, b -> b.tables().policies().size())
        .description("Policies that are served")
        .register(registry);
    Gauge.builder("generalbots.edge.documents.refused", board, b -> b.refused().size())
        .description("Published documents that cannot be used, while what was there before serves")
        .register(registry);
    Gauge.builder("generalbots.edge.table.age.seconds", supply, Meters::age)
        .description("Time since the tables were known to be those that are published")
        .register(registry);
    geoFile.ifPresent(file -> bind(file, registry));
  }

  private static void bind(GeoFile geoFile, MeterRegistry registry) {
    Gauge.builder("generalbots.edge.geoip.broken", geoFile, f -> f.isBroken() ? 1 : 0)
        .description("1 if the file of the GeoIP database cannot be used")
        .register(registry);
    Gauge.builder("generalbots.edge.geoip.built.timestamp.seconds", geoFile, Meters::built)
        .description("When the GeoIP database that serves was made; 0 if there is none")
        .register(registry);
    FunctionCounter.builder("generalbots.edge.geoip.failures", geoFile, GeoFile::failures)
        .description("Files that could not be read, and addresses that could not be looked up")
        .register(registry);
  }

  private static double age(Supply supply) {
    return supply.age().map(Duration::toMillis).map(ms -> ms / MILLIS).orElse(Double.NaN);
  }

  private static double built(GeoFile geoFile) {
    return geoFile.builtAt().map(Instant::getEpochSecond).map(Long::doubleValue).orElse(0.0);
  }
}
