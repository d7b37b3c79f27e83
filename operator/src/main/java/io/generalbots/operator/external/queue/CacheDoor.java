package io.generalbots.operator.external.queue;

import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.external.tenant.CacheServers;
import io.generalbots.operator.external.tenant.Credential;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A way into a cache for one look, which is shut behind it: nothing stays open that nobody uses.
 *
 * @param redis connects to it
 * @param login whom it lets in; empty if it asks nobody who they are
 */
record CacheDoor(Redis redis, Optional<Credential> login) {

  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final String WHAT = "asking the cache for queues";

  /** How many messages wait in streams of it, within the limit for all of it together. */
  Depth depth(List<String> names) {
    var end = System.nanoTime() + LIMIT.toNanos();
    try {
      var connection = Waiting.within(LIMIT, WHAT, redis.connect().compose(this::enter));
      return new Streams(commands -> asked(connection, commands, end)).depth(names);
    } finally {
      redis.close();
    }
  }

  private Future<RedisConnection> enter(RedisConnection connection) {
    return login
        .map(l -> CacheServers.signIn(connection, l).map(connection))
        .orElseGet(() -> Future.succeededFuture(connection));
  }

  private static List<Future<Response>> asked(
      RedisConnection connection, List<Request> commands, long end) {
    var answers = commands.stream().map(connection::send).toList();
    var all = Future.join(answers).otherwiseEmpty();
    Waiting.within(Duration.ofNanos(Math.max(0, end - System.nanoTime())), WHAT, all);
    return answers;
  }
}
