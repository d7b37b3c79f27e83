package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.residents.Allowance;
import io.generalbots.operator.residents.Registration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Registrations of Tenants beside a BotCluster, written as their loop writes them.
 *
 * @param client where they are
 * @param namespace that of the BotCluster
 */
record Registrations(KubernetesClient client, String namespace) {

  private static final Part PART = new Part("demo", Registration.COMPONENT);

  /** Of one that may ask as often as it likes. */
  void write(String tenant, boolean suspended, String... hosts) {
    write(tenant, suspended, 0, hosts);
  }

  /** Of one that may ask so often in a minute. */
  void write(String tenant, boolean suspended, int requestsPerMinute, String... hosts) {
    var registration =
        new Registration(
            tenant,
            namespace,
            "uid-" + tenant,
            List.of(hosts),
            List.of(),
            suspended,
            new Allowance(0, 0, 0, requestsPerMinute),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            false,
            false,
            false,
            Map.of(),
            "",
            "");
    client.resource(stamped(registration)).inNamespace(namespace).createOr(r -> r.update());
  }

  void remove(String tenant) {
    client
        .secrets()
        .inNamespace(namespace)
        .withName(Registration.secretName(PART.cluster(), tenant))
        .delete();
  }

  private static Secret stamped(Registration registration) {
    var secret = registration.secret(PART.cluster(), true);
    var labels = new HashMap<>(PART.labels());
    labels.putAll(secret.getMetadata().getLabels());
    secret.getMetadata().setLabels(labels);
    return secret;
  }
}
