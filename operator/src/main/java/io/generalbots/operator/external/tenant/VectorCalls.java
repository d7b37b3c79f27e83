package io.generalbots.operator.external.tenant;

import io.generalbots.operator.cluster.gateway.VectorKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;

/** Calls of Qdrant's API, by the door that tenants come in by. */
final class VectorCalls {

  private static final String LIST = "/collections";

  private final Doorbell bell;

  VectorCalls(Vertx vertx, String clusterDomain) {
    this.bell =
        new Doorbell(
            vertx,
            place -> VectorKeys.host(place.cluster(), place.namespace(), clusterDomain),
            VectorKeys.PORT);
  }

  /** Fails unless who comes with this key is told of its collections. */
  void enter(Doorbell.Place place, Credential login) {
    bell.ask(
        "asking for the collections of " + login.name(),
        list(place, login),
        HttpClientRequest::send);
  }

  /** The status with which somebody is answered who comes with this key. */
  int knock(Doorbell.Place place, Credential login) {
    return bell.knock(
        "coming as " + login.name(), list(place, login).compose(HttpClientRequest::send));
  }

  private Future<HttpClientRequest> list(Doorbell.Place place, Credential login) {
    return bell.request(place, HttpMethod.GET, LIST)
        .map(request -> request.putHeader("api-key", login.password()));
  }
}
