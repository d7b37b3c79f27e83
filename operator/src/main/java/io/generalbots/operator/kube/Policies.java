package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import io.generalbots.operator.kernel.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Network policies: everything is closed but what a rule opens. */
public final class Policies {

  /** The label Kubernetes puts on every namespace. */
  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  private Policies() {}

  /** Closes a part's pods to all traffic, in and out, but that of the rules. */
  public static NetworkPolicy closed(
      Part part, List<NetworkPolicyIngressRule> in, List<NetworkPolicyEgressRule> out) {
    NetworkPolicySpec spec =
        new NetworkPolicySpecBuilder()
            .withPodSelector(new LabelSelector(null, part.selector()))
            .withPolicyTypes("Ingress", "Egress")
            .withIngress(in)
            .withEgress(out)
            .build();
    return new NetworkPolicyBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  /** Opens a part's pods to what a rule lets in, beside whatever closes them. */
  public static NetworkPolicy opened(ObjectMeta meta, Part part, NetworkPolicyIngressRule rule) {
    NetworkPolicySpec spec =
        new NetworkPolicySpecBuilder()
            .withPodSelector(new LabelSelector(null, part.selector()))
            .withPolicyTypes("Ingress")
            .withIngress(rule)
            .build();
    return new NetworkPolicyBuilder().withMetadata(meta).withSpec(spec).build();
  }

  /** Opens these TCP ports to this peer. */
  public static NetworkPolicyIngressRule from(NetworkPolicyPeer peer, int... ports) {
    return new NetworkPolicyIngressRuleBuilder()
        .withFrom(peer)
        .withPorts(open("TCP", ports))
        .build();
  }

  /** Opens these TCP ports to everybody, wherever they are. */
  public static NetworkPolicyIngressRule fromAnywhere(int... ports) {
    return new NetworkPolicyIngressRuleBuilder().withPorts(open("TCP", ports)).build();
  }

  static List<NetworkPolicyPort> open(String protocol, int... ports) {
    return Arrays.stream(ports)
        .mapToObj(p -> new NetworkPolicyPort(null, new IntOrString(p), protocol))
        .toList();
  }

  /** Pods of the same namespace with these labels; all of them for no labels. */
  public static NetworkPolicyPeer pods(Map<String, String> selector) {
    return new NetworkPolicyPeerBuilder()
        .withPodSelector(new LabelSelector(null, selector))
        .build();
  }

  /** The operator itself, wherever it runs. */
  public static NetworkPolicyPeer operator(Settings settings) {
    return pods(settings.namespace(), Map.of(Labels.NAME, Labels.OPERATOR));
  }

  /** Pods of another namespace with these labels. */
  public static NetworkPolicyPeer pods(String namespace, Map<String, String> selector) {
    return new NetworkPolicyPeerBuilder(pods(selector))
        .withNamespaceSelector(new LabelSelector(null, Map.of(NAMESPACE_NAME, namespace)))
        .build();
  }

  /** Pods of any of these namespaces with any of these values of a label. */
  public static NetworkPolicyPeer pods(List<String> namespaces, String label, List<String> values) {
    return new NetworkPolicyPeerBuilder()
        .withNamespaceSelector(in(NAMESPACE_NAME, namespaces))
        .withPodSelector(in(label, values))
        .build();
  }

  private static LabelSelector in(String label, List<String> values) {
    return new LabelSelector(List.of(new LabelSelectorRequirement(label, "In", values)), null);
  }
}
