package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/**
 * One component of one cluster, Tenant or ShardPolicy, and the names and labels that follow from
 * it.
 *
 * @param cluster the name of the BotCluster, or of who has the component to itself
 * @param component the name of the component, lower case
 * @param owner the label that says whose it is
 */
public record Part(String cluster, String component, String owner) {

  /** One of a BotCluster. */
  public Part(String cluster, String component) {
    this(cluster, component, Labels.CLUSTER);
  }

  /** One that a Tenant has to itself. */
  public static Part ofTenant(String tenant, String component) {
    return new Part(tenant, component, Labels.TENANT);
  }

  /** One that a ShardPolicy has to itself. */
  public static Part ofPolicy(String policy, String component) {
    return new Part(policy, component, Labels.SHARD_POLICY);
  }

  /** The name of the component's main objects: {@code demo-postgres}. */
  public String name() {
    return cluster + "-" + component;
  }

  /** The name of an object beside the main one: {@code demo-postgres-rw}. */
  public String name(String suffix) {
    return name() + "-" + suffix;
  }

  /** What selects the component's pods; never changes in the life of a workload. */
  public Map<String, String> selector() {
    return Map.of(owner, cluster, Labels.COMPONENT, component);
  }

  /** What selects the component's pods in one role. */
  public Map<String, String> selector(String role) {
    return Map.of(owner, cluster, Labels.COMPONENT, component, Labels.ROLE, role);
  }

  /** All labels of the component's objects and pods. */
  public Map<String, String> labels() {
    return Map.of(
        Labels.NAME,
        component,
        Labels.INSTANCE,
        cluster,
        Labels.COMPONENT_OF_APP,
        component,
        Labels.MANAGED_BY,
        Labels.OPERATOR,
        Labels.PART_OF,
        Labels.PLATFORM,
        owner,
        cluster,
        Labels.COMPONENT,
        component);
  }

  /** Metadata with the main name. */
  public ObjectMeta meta() {
    return named(name());
  }

  /** Metadata with a name beside the main one. */
  public ObjectMeta meta(String suffix) {
    return named(name(suffix));
  }

  /** Metadata with any name. */
  public ObjectMeta named(String name) {
    return new ObjectMetaBuilder().withName(name).withLabels(labels()).build();
  }
}
