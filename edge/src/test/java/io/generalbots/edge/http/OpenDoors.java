package io.generalbots.edge.http;

import io.generalbots.edge.Wire;
import io.generalbots.edge.address.Network;
import io.generalbots.edge.address.TrustedProxies;
import io.generalbots.edge.route.Places;
import io.generalbots.edge.route.Surroundings;
import io.generalbots.edge.table.Board;
import io.generalbots.sharding.geo.Place;
import io.generalbots.sharding.geo.Stickiness;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A router with real connections, in this process; whoever connects from this machine is trusted.
 */
final class OpenDoors implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Board board = new Board();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final HttpServer server;

  OpenDoors() {
    this(List.of(Network.parse("127.0.0.0/8"), Network.parse("::1")));
  }

  OpenDoors(List<Network> trusted) {
    Places places =
        address ->
            "192.0.2.1".equals(address.getHostAddress())
                ? new Place(Optional.of("DE"), Optional.of("EU"))
                : Place.UNKNOWN;
    var reader =
        new RequestReader(new TrustedProxies(trusted), "CF-IPCountry", InstantSource.system());
    var surroundings = new Surroundings(places, new Stickiness(Duration.ofMinutes(1)));
    var router = Router.router(vertx);
    new Doors(reader, new Switchboard(board, surroundings), new Tally(registry)).open(router);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  Board board() {
    return board;
  }

  Wire wire() {
    return new Wire(server.actualPort());
  }

  double counted(String policy, String target, String outcome) {
    return Optional.ofNullable(
            registry
                .find("generalbots.edge.decisions")
                .tags("policy", policy, "target", target, "outcome", outcome)
                .counter())
        .map(counter -> counter.count())
        .orElse(0.0);
  }

  /** Every value of a label. */
  Stream<String> labels() {
    return registry.getMeters().stream()
        .flatMap(meter -> meter.getId().getTags().stream())
        .map(Tag::getValue);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
