package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.StepDriver;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Removes keys at the primary, a part at a time, and remembers how far it came. */
public final class ClearCacheDriver implements StepDriver<ClearCache> {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  /** After which the rest is for the next time. */
  private static final Duration TURN = Duration.ofSeconds(3);

  private final CacheServers servers;
  private final Map<ClearCache, Place> places = new ConcurrentHashMap<>();

  /**
   * A driver that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public ClearCacheDriver(KubernetesClient client, Vertx vertx, String clusterDomain) {
    this.servers = new CacheServers(client, vertx, clusterDomain);
  }

  @Override
  public Class<ClearCache> type() {
    return ClearCache.class;
  }

  @Override
  public void perform(ClearCache step, String namespace) {
    var operator = servers.operator(step.cluster(), step.namespace());
    var redis = servers.client(step.cluster(), step.namespace());
    try {
      var connection = Waiting.within(LIMIT, "connecting to the cache", redis.connect());
      Waiting.within(LIMIT, "asking the cache", CacheServers.signIn(connection, operator));
      clear(new Clearing(step, request -> ask(connection, request)));
    } finally {
      redis.close();
    }
  }

  private void clear(Clearing clearing) {
    var turn = new Turn(TURN);
    var server = clearing.server();
    clearing.requireClosed();
    var place = places.getOrDefault(clearing.step(), Place.beginning(server)).at(server);
    do {
      place = clearing.some(place);
      places.put(clearing.step(), place);
      if (!place.isBeginning()) {
        turn.goOn("the keys of %s are being removed".formatted(clearing.step().tenant()));
      }
    } while (!place.isBeginning());
    places.remove(clearing.step());
  }

  private static Response ask(RedisConnection connection, Request request) {
    return Waiting.within(LIMIT, "asking the cache", connection.send(request));
  }
}
