package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.Unfinished;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * The way to the primaries of caches: to the pod itself, as the Service has no port for TLS where
 * clients are to use none.
 *
 * @param client reads where they are
 * @param vertx opens connections
 * @param clusterDomain the DNS suffix of services
 */
public record CacheServers(KubernetesClient client, Vertx vertx, String clusterDomain) {

  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final int CONNECT_MILLIS = 2_000;
  private static final int TLS_PORT = 6380;
  private static final String COMPONENT = "valkey";
  private static final String OPERATOR = "operator";
  private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";

  /** Of the primary. */
  public Redis client(String cluster, String namespace) {
    var trusted = Secrets.text(secret(cluster, namespace, "server"), "ca.crt");
    var address = new Address(primary(cluster, namespace), TLS_PORT);
    return client(vertx, address, true, Optional.of(trusted));
  }

  /**
   * Of the cache at an address. Without a word before the password: HELLO would be refused.
   *
   * @param isSecured whether it is asked by TLS
   * @param authority who has signed what it shows, as PEM; those that everybody knows if empty
   */
  public static Redis client(
      Vertx vertx, Address address, boolean isSecured, Optional<String> authority) {
    var net =
        new NetClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setSsl(isSecured)
            .setHostnameVerificationAlgorithm(isSecured ? "HTTPS" : "");
    authority.ifPresent(
        pem -> net.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
    return Redis.createClient(
        vertx,
        new RedisOptions()
            .setConnectionString("%s://%s".formatted(isSecured ? "rediss" : "redis", address))
            .setProtocolNegotiation(false)
            .setNetClientOptions(net));
  }

  /** Says who one is, on a connection that is open. */
  public static Future<Response> signIn(RedisConnection connection, Credential login) {
    return connection.send(Request.cmd(Command.AUTH).arg(login.name()).arg(login.password()));
  }

  /** The login that may do everything. */
  public Credential operator(String cluster, String namespace) {
    return new Credential(OPERATOR, Secrets.text(secret(cluster, namespace, "internal"), OPERATOR));
  }

  /** Has something done at the primary by who may do everything. */
  void asOperator(String cluster, String namespace, Consumer<Clearing.Server> deed) {
    var operator = operator(cluster, namespace);
    var redis = client(cluster, namespace);
    try {
      var connection = Waiting.within(LOOK, "connecting to the cache", redis.connect());
      Waiting.within(LOOK, "asking the cache", signIn(connection, operator));
      deed.accept(command -> Waiting.within(LOOK, "asking the cache", connection.send(command)));
    } finally {
      redis.close();
    }
  }

  /** The users of tenants that the primary lets in. */
  List<String> tenants(String cluster, String namespace) {
    var operator = operator(cluster, namespace);
    var redis = client(cluster, namespace);
    var users =
        redis
            .connect()
            .compose(
                c ->
                    signIn(c, operator)
                        .compose(ok -> c.send(Request.cmd(Command.ACL).arg("USERS"))));
    try {
      return StreamSupport.stream(
              Waiting.within(LOOK, "asking the cache", users).spliterator(), false)
          .map(Response::toString)
          .filter(name -> name.startsWith("t-"))
          .toList();
    } finally {
      redis.close();
    }
  }

  private String primary(String cluster, String namespace) {
    var servers = new Part(cluster, COMPONENT);
    var service = client.services().inNamespace(namespace).withName(servers.name()).get();
    var pod =
        Optional.ofNullable(service)
            .flatMap(s -> Optional.ofNullable(s.getSpec().getSelector()))
            .flatMap(selector -> Optional.ofNullable(selector.get(POD_NAME)))
            .orElseThrow(() -> new Unfinished("the cache has no primary yet"));
    return "%s.%s.%s.svc.%s".formatted(pod, servers.name("headless"), namespace, clusterDomain);
  }

  private Secret secret(String cluster, String namespace, String suffix) {
    var name = new Part(cluster, COMPONENT).name(suffix);
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
        .orElseThrow(() -> new Unfinished("Secret %s is not there yet".formatted(name)));
  }
}
