package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.PostgresSessions;
import io.generalbots.operator.external.ServerLogin;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The databases of Tenants in a cluster, changed as the operator does it, from outside: through a
 * forwarded port of the primary.
 *
 * @param client how pods are reached
 * @param vertx what sessions go through
 * @param namespace of the cluster
 * @param cluster its name
 */
public record TenantDatabases(
    KubernetesClient client, Vertx vertx, String namespace, String cluster) {

  private static final int PORT = 5432;

  /** Does the step at this pod. */
  public void open(String primary, OpenDatabase step) {
    at(primary, doors -> Provisioner.open(doors, step));
  }

  /** Does the step at this pod. */
  public void close(String primary, CloseDatabase step) {
    at(primary, doors -> Provisioner.close(doors, step));
  }

  /** Bytes of all databases and schemas of tenants, as measured at this pod. */
  public Map<String, Long> sizes(String primary) {
    var sizes = new HashMap<String, Long>();
    at(primary, doors -> sizes.putAll(Provisioner.sizes(doors)));
    return sizes;
  }

  /** Whether the one who keeps the schemas gets into this database. */
  public boolean keeperEnters(String primary, String database) {
    var entered = new AtomicBoolean();
    at(primary, doors -> entered.set(isEntered(doors, database)));
    return entered.get();
  }

  /** Does it again until it is done, as the operator would: the last failure is told. */
  public static void finish(Runnable work, Duration limit) {
    var end = Instant.now().plus(limit);
    var failure = attempt(work);
    while (failure.isPresent()) {
      if (Instant.now().isAfter(end)) {
        throw failure.get();
      }
      failure = attempt(work);
    }
  }

  private static Optional<RuntimeException> attempt(Runnable work) {
    try {
      work.run();
      return Optional.empty();
    } catch (Unfinished | StepFailure e) {
      return Optional.of(e);
    }
  }

  private boolean isEntered(Doors doors, String database) {
    var keeper = doors.keeper();
    var login = new ServerLogin(keeper.name(), keeper.password(), doors.login().authority());
    try {
      var session = new PostgresSessions(vertx).open(doors.host(), doors.port(), database, login);
      Waiting.within(Duration.ofSeconds(5), database, session.compose(PgConnection::close));
      return true;
    } catch (StepFailure e) {
      return false;
    }
  }

  private void at(String primary, Consumer<Doors> work) {
    var login = ServerLogin.of(client, namespace, cluster, cluster + "-provisioner");
    try (var forward = client.pods().inNamespace(namespace).withName(primary).portForward(PORT)) {
      var port = forward.getLocalPort();
      work.accept(new Doors(new PostgresSessions(vertx), "127.0.0.1", port, login));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
