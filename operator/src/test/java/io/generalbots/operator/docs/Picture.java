package io.generalbots.operator.docs;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.generalbots.operator.kube.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Mermaid flow chart of what runs: workloads, the Services that lead to them, and whom their
 * network policies let in.
 *
 * @param objects everything a BotCluster consists of
 */
record Picture(List<HasMetadata> objects) {

  /** Where traffic comes from that is no component's. */
  private static final String CLIENTS = "applications";

  private static final String OWN = "own";
  private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";

  private static final String HEAD =
      """
      flowchart LR
        applications([any pod of the namespace])
        own([pods of this BotCluster])
        operator([operator])""";

  private static final Comparator<HasMetadata> BY_NAME =
      Comparator.comparing(o -> o.getMetadata().getName());

  String mermaid() {
    var lines =
        Stream.of(
                Stream.of(HEAD),
                objects.stream().filter(Picture::isWorkload).sorted(BY_NAME).map(this::component),
                all(NetworkPolicy.class).flatMap(this::admitted).distinct())
            .flatMap(part -> part);
    return lines.collect(Collectors.joining("\n", "", "\n"));
  }

  /** A box for the workload and the addresses that lead to it. */
  private String component(HasMetadata workload) {
    var services =
        all(Service.class)
            .filter(s -> !"None".equals(s.getSpec().getClusterIP()))
            .filter(s -> leadsTo(s, workload))
            .map(s -> "    " + service(s) + " --> " + id(workload));
    return Stream.of(
            Stream.of("  subgraph " + part(template(workload))),
            Stream.of("    " + workload(workload)),
            services,
            Stream.of("  end"))
        .flatMap(part -> part)
        .collect(Collectors.joining("\n"));
  }

  /** By the component of the pods; or to a single pod, which says whose it is by its name. */
  private static boolean leadsTo(Service service, HasMetadata workload) {
    var selector = service.getSpec().getSelector();
    var pod = selector.getOrDefault(POD_NAME, "");
    return part(template(workload)).equals(selector.get(Labels.COMPONENT))
        || pod.replaceFirst("-\\d+$", "").equals(workload.getMetadata().getName());
  }

  private static Map<String, String> template(HasMetadata workload) {
    return workload instanceof StatefulSet set
        ? set.getSpec().getSelector().getMatchLabels()
        : ((Deployment) workload).getSpec().getSelector().getMatchLabels();
  }

  private static String part(Map<String, String> labels) {
    return labels.getOrDefault(Labels.COMPONENT, CLIENTS);
  }

  private static String workload(HasMetadata workload) {
    var name = workload.getMetadata().getName();
    return "%s[\"%s %s<br/>%d pods\"]"
        .formatted(id(workload), workload.getKind(), name, replicas(workload));
  }

  private static String service(Service service) {
    var ports =
        service.getSpec().getPorts().stream()
            .map(ServicePort::getPort)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return "%s(\"Service %s<br/>%s\")"
        .formatted(id(service), service.getMetadata().getName(), ports);
  }

  /** A dotted line for everybody a network policy lets in from elsewhere. */
  private Stream<String> admitted(NetworkPolicy policy) {
    var target = part(policy.getSpec().getPodSelector().getMatchLabels());
    return policy.getSpec().getIngress().stream().flatMap(rule -> admitted(rule, target));
  }

  private static Stream<String> admitted(NetworkPolicyIngressRule rule, String target) {
    return rule.getFrom().stream()
        .map(Picture::peer)
        .filter(peer -> !peer.equals(target))
        .map(peer -> "  %s -. %s .-> %s".formatted(peer, ports(rule), target));
  }

  private static String ports(NetworkPolicyIngressRule rule) {
    return rule.getPorts().stream()
        .map(NetworkPolicyPort::getPort)
        .map(port -> String.valueOf(port.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String peer(NetworkPolicyPeer peer) {
    var selector = peer.getPodSelector() == null ? null : peer.getPodSelector().getMatchLabels();
    var labels = selector == null ? Map.<String, String>of() : selector;
    if (Labels.OPERATOR.equals(labels.get(Labels.NAME))) {
      return "operator";
    }
    return labels.containsKey(Labels.CLUSTER) && !labels.containsKey(Labels.COMPONENT)
        ? OWN
        : part(labels);
  }

  private <T extends HasMetadata> Stream<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).sorted(BY_NAME);
  }

  private static boolean isWorkload(HasMetadata object) {
    return object instanceof StatefulSet || object instanceof Deployment;
  }

  private static int replicas(HasMetadata workload) {
    return workload instanceof StatefulSet set
        ? set.getSpec().getReplicas()
        : ((Deployment) workload).getSpec().getReplicas();
  }

  private static String id(HasMetadata object) {
    return object.getMetadata().getName() + "-" + object.getKind().toLowerCase(Locale.ROOT);
  }
}
