package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.Waiting;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Weighs the keys of tenants at the primary, a part at a time: a cache that is too large for one
 * look is weighed in several.
 */
final class CacheScales {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  /** After which the rest is for the next look. */
  private static final Duration TURN = Duration.ofSeconds(3);

  private final CacheServers servers;
  private final Map<String, Weighing> begun = new ConcurrentHashMap<>();

  CacheScales(CacheServers servers) {
    this.servers = servers;
  }

  /** Bytes by tenant; empty until all keys were looked at once more. */
  Optional<Map<String, Long>> weigh(String cluster, String namespace) {
    var operator = servers.operator(cluster, namespace);
    var redis = servers.client(cluster, namespace);
    try {
      var connection = Waiting.within(LIMIT, "connecting to the cache", redis.connect());
      Waiting.within(LIMIT, "asking the cache", CacheServers.signIn(connection, operator));
      return weigh(namespace + "/" + cluster, new Asking(connection));
    } finally {
      redis.close();
    }
  }

  private Optional<Map<String, Long>> weigh(String cache, Weighing.Server server) {
    var end = System.nanoTime() + TURN.toNanos();
    var weighing = Weighing.of(server, Optional.ofNullable(begun.remove(cache)));
    do {
      weighing = weighing.some(server);
    } while (!weighing.isDone() && System.nanoTime() - end < 0);
    if (weighing.isDone()) {
      return Optional.of(weighing.bytes());
    }
    begun.put(cache, weighing);
    return Optional.empty();
  }

  private record Asking(RedisConnection connection) implements Weighing.Server {

    @Override
    public Response ask(Request command) {
      return Waiting.within(LIMIT, "asking the cache", connection.send(command));
    }

    @Override
    public List<Response> ask(List<Request> commands) {
      return Waiting.within(LIMIT, "asking the cache", connection.batch(commands));
    }
  }
}
