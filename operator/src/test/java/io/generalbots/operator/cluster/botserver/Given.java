package io.generalbots.operator.cluster.botserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.schema.Definitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster named demo in namespace bots, and what its bot servers come to. */
record Given(String spec, List<HasMetadata> owned, Health store, Optional<String> doubt) {

  static final String IMAGE = "botserver:6.3.1";
  static final Part PART = new Part("demo", "botserver");

  /** With this block botserver, and with a vault; nothing is there yet. */
  static Given botserver(String yaml) {
    return spec("botserver: %s".formatted(yaml));
  }

  /** With these blocks, and with a vault that is seeded. */
  static Given spec(String yaml) {
    return new Given(yaml, List.of(), Health.ready("well"), Optional.empty())
        .having(vault("t1"), signing());
  }

  Given having(HasMetadata... objects) {
    var all = new ArrayList<>(owned);
    all.addAll(List.of(objects));
    return new Given(spec, all, store, doubt);
  }

  /** Without the objects of this name. */
  Given without(String name) {
    var rest = owned.stream().filter(o -> !name.equals(o.getMetadata().getName())).toList();
    return new Given(spec, rest, store, doubt);
  }

  /** The one store that these bot servers need is like this. */
  Given needing(Health health) {
    return new Given(spec, owned, health, doubt);
  }

  /** The vault may not have every entry. */
  Given doubting(String why) {
    return new Given(spec, owned, store, Optional.of(why));
  }

  /** The same with another spec. */
  Given wishing(String yaml) {
    return new Given(yaml, owned, store, doubt);
  }

  static Secret vault(String token) {
    return vault("https://demo-vault.bots.svc:8200", token);
  }

  static Secret vault(String address, String token) {
    return Secrets.opaque(
        new Part("demo", "vault").meta("botserver"),
        Map.of("address", address, "token", token, "ca.crt", "PEM"));
  }

  static Secret signing() {
    return Secrets.opaque(new Part("demo", "vault").meta("keys"), Map.of("jwt-secret", "j"));
  }

  /** A server that is ready, or not. */
  static Pod pod(String name, String image, boolean ready) {
    return new PodBuilder()
        .withMetadata(PART.named(name))
        .withNewSpec()
        .addNewContainer()
        .withName("botserver")
        .withImage(image)
        .endContainer()
        .endSpec()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .endCondition()
        .endStatus()
        .build();
  }

  BotCluster cluster() {
    var serialization = new KubernetesSerialization();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots, uid: u-demo}
        spec: {domain: bots.example.com, vault: {mode: Managed}}
        """;
    var tree = (ObjectNode) node(serialization, yaml);
    var more = node(serialization, "spec: {%s}".formatted(spec)).path("spec");
    more.properties().forEach(f -> tree.withObject("/spec").set(f.getKey(), f.getValue()));
    return serialization.convertValue(Definitions.botCluster().defaulted(tree), BotCluster.class);
  }

  private static JsonNode node(KubernetesSerialization serialization, String yaml) {
    return serialization.unmarshal(yaml, JsonNode.class);
  }

  Facts facts() {
    var settings =
        new Settings("operators", "cluster.local", Map.of("botserver", "botserver:{version}"));
    return new Facts(Instant.EPOCH, new SecureEntropy(), owned, settings);
  }

  Plan plan() {
    return component().plan(cluster(), facts());
  }

  Health health() {
    return component().health(cluster(), facts());
  }

  List<Wish> wishes() {
    return plan() instanceof Plan.Apply apply ? apply.wishes() : List.of();
  }

  /** The objects of this kind that are kept as wished. */
  <T extends HasMetadata> List<T> managed(Class<T> kind) {
    return wishes().stream()
        .filter(Wish.Managed.class::isInstance)
        .flatMap(w -> Wishes.object(w).stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  Optional<Deployment> deployment() {
    return managed(Deployment.class).stream().findFirst();
  }

  int replicas() {
    return deployment().orElseThrow().getSpec().getReplicas();
  }

  private BotServer component() {
    return new BotServer(List.of(new Store(store)), (cluster, facts) -> doubt);
  }

  /** A component that is like that. */
  private record Store(Health health) implements Component<BotCluster> {

    @Override
    public String name() {
      return "store";
    }

    @Override
    public Plan plan(BotCluster cluster, Facts facts) {
      return new Plan.Absent();
    }

    @Override
    public Health health(BotCluster cluster, Facts facts) {
      return health;
    }
  }
}
