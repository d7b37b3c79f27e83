package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Network policies: everything is closed but what a rule opens. */
public final class Policies {

  /** The label Kubernetes puts on every namespace. */
  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  private Policies() {}

  /** Closes the selected pods to all traffic but that of the rules. */
  public static NetworkPolicy ingress(
      ObjectMeta meta, Map<String, String> selector, NetworkPolicyIngressRule... rules) {
    NetworkPolicySpec spec =
        new NetworkPolicySpecBuilder()
            .withPodSelector(new LabelSelector(null, selector))
            .withPolicyTypes("Ingress")
            .withIngress(rules)
            .build();
    return new NetworkPolicyBuilder().withMetadata(meta).withSpec(spec).build();
  }

  /** Opens these TCP ports to this peer. */
  public static NetworkPolicyIngressRule from(NetworkPolicyPeer peer, int... ports) {
    List<NetworkPolicyPort> open =
        Arrays.stream(ports)
            .mapToObj(p -> new NetworkPolicyPort(null, new IntOrString(p), "TCP"))
            .toList();
    return new NetworkPolicyIngressRuleBuilder().withFrom(peer).withPorts(open).build();
  }

  /** Pods of the same namespace with these labels; all of them for no labels. */
  public static NetworkPolicyPeer pods(Map<String, String> selector) {
    return new NetworkPolicyPeerBuilder()
        .withPodSelector(new LabelSelector(null, selector))
        .build();
  }

  /** Pods of another namespace with these labels. */
  public static NetworkPolicyPeer pods(String namespace, Map<String, String> selector) {
    return new NetworkPolicyPeerBuilder(pods(selector))
        .withNamespaceSelector(new LabelSelector(null, Map.of(NAMESPACE_NAME, namespace)))
        .build();
  }
}
