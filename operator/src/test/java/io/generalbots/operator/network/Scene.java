package io.generalbots.operator.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.operator.golden.Case;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A BotCluster with everybody around it who might connect. */
final class Scene {

  private static final String NAMESPACE = "bots";
  private static final String CLUSTER = "demo";
  private static final String ELSEWHERE = "elsewhere";
  private static final Map<String, String> OPERATOR = Map.of(Labels.NAME, Labels.OPERATOR);
  private static final Map<String, String> DNS = Map.of("k8s-app", "kube-dns");
  private static final String ON_THE_NODE = "169.254.";
  private static final Map<Case, Scene> SCENES = new ConcurrentHashMap<>();

  private final JsonNode cluster;
  private final List<NetworkPolicy> policies;
  private final List<Actor> components;
  private final List<Actor> everybody;

  private Scene(JsonNode cluster, List<HasMetadata> objects) {
    this.cluster = cluster;
    this.policies =
        objects.stream()
            .filter(NetworkPolicy.class::isInstance)
            .map(NetworkPolicy.class::cast)
            .toList();
    var seen = new HashSet<String>();
    var all =
        objects.stream()
            .flatMap(Scene::workload)
            .filter(actor -> seen.add(actor.name()))
            .collect(Collectors.toCollection(ArrayList::new));
    policies.stream().flatMap(p -> awaited(p, all)).toList().forEach(all::add);
    this.components = List.copyOf(all);
    this.everybody =
        Stream.concat(everybody(components).stream(), objects.stream().flatMap(Scene::tenant))
            .toList();
  }

  static Scene of(Case given) {
    return SCENES.computeIfAbsent(
        given,
        g ->
            new Scene(
                new KubernetesSerialization().convertValue(g.cluster(), JsonNode.class),
                World.settled(g)));
  }

  /** The BotCluster. */
  JsonNode cluster() {
    return cluster;
  }

  List<NetworkPolicy> policies() {
    return policies;
  }

  /** One pod for each workload of the BotCluster, by its name without that of the cluster. */
  List<Actor> components() {
    return components;
  }

  /** Everybody: those whom links name, and those who only look like them. */
  List<Actor> everybody() {
    return everybody;
  }

  /** Whether a word of the table of links means anybody here. */
  boolean has(String word) {
    return everybody.stream().anyMatch(actor -> means(word, actor));
  }

  /** Whether a word of the table of links means this one. */
  boolean means(String word, Actor actor) {
    return switch (word) {
      case "anybody" -> true;
      case "abroad" -> !actor.address().startsWith(ON_THE_NODE);
      case "outside" -> !actor.isPod();
      case "namespace" -> NAMESPACE.equals(actor.namespace());
      case "cluster" -> isOfTheCluster(actor);
      case "dns" -> List.of("DNS", "DNS of the node").contains(actor.name());
      default -> word.equals(actor.name());
    };
  }

  /** A pod beside a Tenant that is registered. */
  private static Stream<Actor> tenant(HasMetadata object) {
    return Stream.ofNullable(object.getMetadata().getLabels())
        .flatMap(labels -> Stream.ofNullable(labels.get(Labels.TENANT_NAMESPACE)))
        .map(namespace -> Actor.pod("tenant", namespace, Map.of()));
  }

  /** Several workloads of one component are the same to policies. */
  private static Stream<Actor> workload(HasMetadata object) {
    return template(object).map(t -> Actor.pod(component(t), NAMESPACE, t)).stream();
  }

  private static String component(PodTemplateSpec template) {
    return template.getMetadata().getLabels().getOrDefault(Labels.COMPONENT, "");
  }

  /** Whose policy is there before its pods are: bot servers, until their stores serve. */
  private static Stream<Actor> awaited(NetworkPolicy policy, List<Actor> present) {
    var selector = policy.getSpec().getPodSelector();
    var awaited = Actor.pod(shortName(policy), NAMESPACE, policy.getMetadata().getLabels());
    return Stream.of(awaited)
        .filter(a -> Selectors.selects(selector, a.labels()))
        .filter(a -> present.stream().noneMatch(p -> Selectors.selects(selector, p.labels())));
  }

  private static List<Actor> everybody(List<Actor> components) {
    var all = new ArrayList<>(components);
    for (var component : components) {
      if (component.isPod()) {
        all.add(Actor.pod("another cluster's " + component.name(), NAMESPACE, other(component)));
        all.add(Actor.pod("a foreign " + component.name(), ELSEWHERE, component.labels()));
      }
    }
    var drain = new Part(CLUSTER, "seaweedfs-drain");
    all.add(Actor.pod(drain.component(), NAMESPACE, drain.labels()));
    all.add(Actor.pod("an application", NAMESPACE, Map.of()));
    all.add(Actor.pod("a pod of the cluster", NAMESPACE, Map.of(Labels.CLUSTER, CLUSTER)));
    all.add(Actor.pod("a would-be operator", NAMESPACE, OPERATOR));
    all.add(Actor.pod("a would-be DNS", NAMESPACE, DNS));
    all.add(Actor.pod("a foreign application", ELSEWHERE, Map.of()));
    all.add(Actor.pod("a foreign operator", ELSEWHERE, OPERATOR));
    all.add(Actor.pod("operator", World.SETTINGS.namespace(), OPERATOR));
    all.add(Actor.pod("beside the operator", World.SETTINGS.namespace(), Map.of()));
    all.add(Actor.pod("DNS", "kube-system", DNS));
    all.add(Actor.pod("beside DNS", "kube-system", Map.of()));
    all.add(Actor.outside("DNS of the node", "169.254.20.10"));
    all.add(Actor.outside("metadata of the cloud", "169.254.169.254"));
    all.add(Actor.outside("a node", "192.168.1.10"));
    all.add(Actor.outside("the internet", "203.0.113.7"));
    return List.copyOf(all);
  }

  private static boolean isOfTheCluster(Actor actor) {
    return NAMESPACE.equals(actor.namespace())
        && CLUSTER.equals(actor.labels().get(Labels.CLUSTER));
  }

  private static Map<String, String> other(Actor component) {
    var labels = new HashMap<>(component.labels());
    labels.put(Labels.CLUSTER, "other");
    labels.put(Labels.INSTANCE, "other");
    return labels;
  }

  private static String shortName(HasMetadata object) {
    return object.getMetadata().getName().substring(CLUSTER.length() + 1);
  }

  private static Optional<PodTemplateSpec> template(HasMetadata object) {
    if (object instanceof StatefulSet set) {
      return Optional.of(set.getSpec().getTemplate());
    } else if (object instanceof Deployment deployment) {
      return Optional.of(deployment.getSpec().getTemplate());
    } else if (object instanceof DaemonSet set) {
      return Optional.of(set.getSpec().getTemplate());
    } else if (object instanceof Job job) {
      return Optional.of(job.getSpec().getTemplate());
    }
    return object instanceof CronJob job
        ? Optional.of(job.getSpec().getJobTemplate().getSpec().getTemplate())
        : Optional.empty();
  }
}
