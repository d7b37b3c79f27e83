package io.generalbots.edge.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.edge.address.Network;
import io.generalbots.edge.address.TrustedProxies;
import io.generalbots.edge.geoip.GeoFile;
import io.generalbots.edge.http.Doors;
import io.generalbots.edge.http.RequestReader;
import io.generalbots.edge.http.Switchboard;
import io.generalbots.edge.http.Tally;
import io.generalbots.edge.route.Surroundings;
import io.generalbots.edge.table.Board;
import io.generalbots.edge.table.FolderSource;
import io.generalbots.edge.table.LastKnown;
import io.generalbots.edge.table.PublishedConfigMaps;
import io.generalbots.edge.table.Source;
import io.generalbots.edge.table.Supply;
import io.generalbots.sharding.geo.Place;
import io.generalbots.sharding.geo.Stickiness;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The router, put together. */
@Singleton
class Edge {

  private final Clock clock = Clock.systemUTC();
  private final EdgeConfiguration configuration;
  private final Board board = new Board();
  private final Optional<GeoFile> geoFile;
  private final Supply supply;

  Edge(EdgeConfiguration configuration, Instance<KubernetesClient> client) {
    this.configuration = configuration;
    geoFile = configuration.geoip().path().map(GeoFile::new);
    var copy = configuration.snapshot().map(LastKnown::new);
    supply = new Supply(board, source(configuration, client), copy, clock);
  }

  void open(@Observes Router router, MeterRegistry registry) {
    var networks = configuration.trustedProxies().orElse(List.of()).stream().map(Network::parse);
    var proxies = new TrustedProxies(networks.toList());
    var reader = new RequestReader(proxies, configuration.countryHeader(), clock);
    var surroundings =
        new Surroundings(
            address -> geoFile.map(file -> file.of(address)).orElse(Place.UNKNOWN),
            new Stickiness(configuration.hold()));
    new Doors(reader, new Switchboard(board, surroundings), new Tally(registry)).open(router);
    new Meters(board, supply, geoFile).bindTo(registry);
  }

  void start(@Observes StartupEvent event) {
    geoFile.ifPresent(GeoFile::start);
    supply.start();
  }

  void stop(@Observes ShutdownEvent event) {
    supply.close();
    geoFile.ifPresent(GeoFile::close);
  }

  /** Whether there are tables to decide by. */
  boolean isReady() {
    return board.isFilled();
  }

  private static Source source(EdgeConfiguration configuration, Instance<KubernetesClient> client) {
    return configuration
        .folder()
        .<Source>map(FolderSource::new)
        .orElseGet(() -> configMaps(configuration, client.get()));
  }

  private static Source configMaps(EdgeConfiguration configuration, KubernetesClient client) {
    var namespace =
        configuration
            .namespace()
            .or(() -> Optional.ofNullable(client.getNamespace()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "in which namespace are the tables? Set EDGE_NAMESPACE, or EDGE_FOLDER"));
    return new PublishedConfigMaps(client, namespace);
  }
}
