package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.PostgresSessions;
import io.generalbots.operator.external.ServerLogin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;

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
    change(
        primary,
        new Dwelling(step.tenant(), step.holder()),
        found -> Opening.of(step, found).change());
  }

  /** Does the step at this pod. */
  public void close(String primary, CloseDatabase step) {
    change(
        primary,
        new Dwelling(step.tenant(), step.holder()),
        found -> Closing.of(step, found).change());
  }

  /** Bytes of all databases of tenants, as measured at this pod. */
  public Map<String, Long> sizes(String primary) {
    try (var forward = client.pods().inNamespace(namespace).withName(primary).portForward(PORT)) {
      return Provisioner.sizes(session(forward.getLocalPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Future<PgConnection> session(int port) {
    var login = ServerLogin.of(client, namespace, cluster, cluster + "-provisioner");
    return new PostgresSessions(vertx).open("127.0.0.1", port, "postgres", login);
  }

  private void change(String primary, Dwelling dwelling, Function<Found, Change> change) {
    var pod = client.pods().inNamespace(namespace).withName(primary);
    try (var forward = pod.portForward(PORT)) {
      Provisioner.change(session(forward.getLocalPort()), dwelling, change);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
