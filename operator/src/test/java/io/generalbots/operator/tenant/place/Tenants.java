package io.generalbots.operator.tenant.place;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.schema.Definitions;

/** Tenants and a BotCluster, as an API server would complete them. */
public final class Tenants {

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private Tenants() {}

  /** Of the BotCluster demo in namespace bots; younger the higher its age is. */
  public static Tenant tenant(String namespace, String name, int age, String spec) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: Tenant
        metadata:
          name: %2$s
          namespace: %1$s
          uid: u-%1$s-%2$s
          generation: 1
          creationTimestamp: "2026-01-01T00:00:%3$02dZ"
        spec: {clusterRef: {name: demo, namespace: bots}, %4$s}
        """
            .formatted(namespace, name, age, spec);
    var node = Definitions.tenant().defaulted(YAML.unmarshal(yaml, JsonNode.class));
    return YAML.convertValue(node, Tenant.class);
  }

  /** The BotCluster, all of whose components run. */
  public static BotCluster cluster(String spec) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots, uid: u-demo, generation: 1}
        spec: {domain: bots.example.com, %s}
        status:
          components:
          - {name: postgres, ready: 1, desired: 1, summary: 1/1}
          - {name: valkey, ready: 1, desired: 1, summary: 1/1}
          - {name: seaweedfs, ready: 1, desired: 1, summary: 1/1}
          - {name: livekit, ready: 1, desired: 1, summary: 1/1}
          - {name: qdrant, ready: 1, desired: 1, summary: 1/1}
          - {name: vault, ready: 1, desired: 1, summary: 1/1}
        """
            .formatted(spec);
    var node = Definitions.botCluster().defaulted(YAML.unmarshal(yaml, JsonNode.class));
    return YAML.convertValue(node, BotCluster.class);
  }

  /** One that admits every namespace. */
  public static BotCluster openCluster() {
    return cluster("tenants: {allowedNamespaces: {from: All}}");
  }
}
