package io.generalbots.operator.residents;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Secrets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The shard that a ShardPolicy chose for a Tenant: a Secret beside the BotCluster, written by the
 * policy's loop alone. Where the database is now, the Tenant's registration says.
 *
 * @param tenant name of the Tenant
 * @param namespace where the Tenant is
 * @param shard the BotCluster whose PostgreSQL is to have its database; empty while none has room
 * @param ready whether that serves
 * @param message why there is none, or why it does not serve
 */
public record Shelter(
    String tenant, String namespace, String shard, boolean ready, String message) {

  /** The component that they are labelled with. */
  public static final String COMPONENT = "placement";

  private static final String SHARD = "shard";
  private static final String READY = "ready";
  private static final String MESSAGE = "message";
  private static final String POLICY = "policy";

  /** The name of the Secret that says that a policy chooses for all Tenants of a BotCluster. */
  public static String secretName(String cluster) {
    return cluster + "-" + COMPONENT;
  }

  /** What says that a policy chooses, and what that has to remember. */
  public static Secret chooser(String cluster, String policy, Map<String, String> memory) {
    var meta =
        new ObjectMetaBuilder()
            .withName(secretName(cluster))
            .withLabels(Map.of(Labels.CLUSTER, cluster))
            .build();
    var values = new HashMap<>(memory);
    values.put(POLICY, policy);
    return Secrets.opaque(meta, values);
  }

  /** The policy that a Secret says chooses. */
  public static String policy(Secret chooser) {
    return Secrets.text(chooser, POLICY);
  }

  /** As it is kept. */
  public Secret secret(String cluster) {
    var meta =
        new ObjectMetaBuilder()
            .withName(secretName(cluster) + "-" + tenant)
            .withLabels(
                Map.of(
                    Labels.CLUSTER,
                    cluster,
                    Labels.TENANT,
                    tenant,
                    Labels.TENANT_NAMESPACE,
                    namespace))
            .build();
    return Secrets.opaque(
        meta, Map.of(SHARD, shard, READY, String.valueOf(ready), MESSAGE, message));
  }

  /** What a Secret says; empty if it is none. */
  public static Optional<Shelter> of(Secret secret) {
    var labels = Objects.labels(secret);
    return Optional.of(secret)
        .filter(s -> COMPONENT.equals(labels.get(Labels.COMPONENT)))
        .filter(s -> labels.containsKey(Labels.TENANT))
        .map(
            s ->
                new Shelter(
                    labels.getOrDefault(Labels.TENANT, ""),
                    labels.getOrDefault(Labels.TENANT_NAMESPACE, ""),
                    Secrets.text(s, SHARD),
                    Boolean.parseBoolean(Secrets.text(s, READY)),
                    Secrets.text(s, MESSAGE)));
  }
}
