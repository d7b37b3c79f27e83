package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;

/** Signs in at the primary as the tenant would. */
public final class EnterCacheDriver implements StepDriver<EnterCache> {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final CacheServers servers;

  /**
   * A driver that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public EnterCacheDriver(KubernetesClient client, Vertx vertx, String clusterDomain) {
    this.servers = new CacheServers(client, vertx, clusterDomain);
  }

  @Override
  public Class<EnterCache> type() {
    return EnterCache.class;
  }

  @Override
  public void perform(EnterCache step, String namespace) {
    var redis = servers.client(step.cluster(), step.namespace());
    var what = "signing in at the cache as " + step.login().name();
    try {
      Waiting.within(LIMIT, what, redis.connect().compose(c -> enter(c, step.login())));
    } catch (StepFailure e) {
      throw new Unfinished(String.valueOf(e.getMessage()), e);
    } finally {
      redis.close();
    }
  }

  private static Future<Response> enter(RedisConnection connection, Credential login) {
    return CacheServers.signIn(connection, login)
        .compose(ok -> connection.send(Request.cmd(Command.PING)));
  }
}
