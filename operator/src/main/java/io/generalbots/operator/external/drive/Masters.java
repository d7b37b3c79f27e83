package io.generalbots.operator.external.drive;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.Answered;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kube.Part;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The masters of a BotCluster's own SeaweedFS, whoever of them answers. */
public final class Masters {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int PORT = 9333;

  private final HttpClient http;
  private final String clusterDomain;

  /**
   * A way that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public Masters(Vertx vertx, String clusterDomain) {
    this.http = vertx.createHttpClient();
    this.clusterDomain = clusterDomain;
  }

  /**
   * Whether there are any to be asked.
   *
   * @param owner as it was read: fields may lack that have a default since
   */
  public static boolean areOf(BotCluster owner) {
    var drive = owner.getSpec().seaweedfs();
    return drive != null
        && !Boolean.FALSE.equals(drive.enabled())
        && drive.external() == null
        && !owner.getSpec().hibernate();
  }

  JsonObject ask(BotCluster owner, String path) {
    var masters = new Part(owner.getMetadata().getName(), "seaweedfs-master").name();
    var host = "%s.%s.svc.%s".formatted(masters, owner.getMetadata().getNamespace(), clusterDomain);
    var answer =
        Answered.of(
            http.request(HttpMethod.GET, PORT, host, path),
            HttpClientRequest::send,
            HttpClientResponse::body);
    return Waiting.within(LIMIT, "asking " + host, answer).toJsonObject();
  }
}
