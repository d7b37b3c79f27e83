package io.generalbots.operator.external.drive;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.Gauge;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.kube.Part;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** Asks the masters of a BotCluster's SeaweedFS how many more volumes can be begun. */
public final class SlotsGauge implements Gauge<BotCluster> {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int PORT = 9333;

  private final HttpClient http;
  private final String clusterDomain;

  /**
   * A gauge that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public SlotsGauge(Vertx vertx, String clusterDomain) {
    this.http = vertx.createHttpClient();
    this.clusterDomain = clusterDomain;
  }

  @Override
  public boolean isFor(BotCluster owner) {
    var drive = owner.getSpec().seaweedfs();
    return drive != null
        && !Boolean.FALSE.equals(drive.enabled())
        && drive.external() == null
        && !owner.getSpec().hibernate();
  }

  @Override
  public Optional<Reading> read(BotCluster owner) {
    var masters = new Part(owner.getMetadata().getName(), "seaweedfs-master").name();
    var host = "%s.%s.svc.%s".formatted(masters, owner.getMetadata().getNamespace(), clusterDomain);
    var answer =
        http.request(HttpMethod.GET, PORT, host, "/dir/status")
            .compose(HttpClientRequest::send)
            .compose(HttpClientResponse::body);
    try {
      return slots(Waiting.within(LIMIT, "asking " + host, answer).toJsonObject());
    } catch (StepFailure e) {
      return Optional.empty();
    }
  }

  /** Masters that have no leader yet, or no server, know of no room at all. */
  private static Optional<Reading> slots(JsonObject answer) {
    var topology = answer.getJsonObject("Topology", new JsonObject());
    var all = topology.getLong("Max", 0L);
    return all == 0
        ? Optional.empty()
        : Optional.of(new VolumeSlots(topology.getLong("Free", 0L), all));
  }
}
