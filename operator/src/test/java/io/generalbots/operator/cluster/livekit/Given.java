package io.generalbots.operator.cluster.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Numbered;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.schema.Definitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster named demo in namespace bots, and what becomes of its LiveKit round after round. */
final class Given {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private final List<HasMetadata> owned = new ArrayList<>();
  private final List<Secret> named = new ArrayList<>();
  private final Map<String, String> annotations = new HashMap<>();
  private final Numbered entropy = new Numbered();
  private Component<BotCluster> component = new LiveKit();
  private String spec = "livekit: {enabled: true}";
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** A cluster whose Valkey is known. */
  static Given livekit(String yaml) {
    return spec("livekit: " + yaml).having(valkey("secret"));
  }

  static Given spec(String yaml) {
    var given = new Given();
    given.spec = yaml;
    return given;
  }

  static Secret valkey(String password) {
    var part = new Part("demo", "valkey");
    return Secrets.opaque(part.meta(), Map.of("password", password, "ca.crt", "CERTIFICATE"));
  }

  Given having(HasMetadata... objects) {
    for (var object : objects) {
      owned.removeIf(o -> Objects.ref(o).equals(Objects.ref(object)));
      owned.add(object);
    }
    return this;
  }

  /** A Secret of the user that the spec names. */
  Given naming(String name, Map<String, String> values) {
    named.add(Secrets.opaque(new Part("x", "y").named(name), values));
    return this;
  }

  Given annotated(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  Given unannotated(String key) {
    annotations.remove(key);
    return this;
  }

  Given after(int seconds) {
    now = now.plusSeconds(seconds);
    return this;
  }

  Given without(String ref) {
    owned.removeIf(o -> ref.equals(Objects.ref(o)));
    return this;
  }

  /** Does what is wished; the servers do not follow yet. */
  Given round() {
    for (var wish : plan() instanceof Plan.Apply apply ? apply.wishes() : List.<Wish>of()) {
      if (wish instanceof Wish.Remove remove) {
        without(Objects.ref(remove.object()));
      } else if (!(wish instanceof Wish.Once once) || missing(once.object())) {
        Wishes.object(wish).ifPresent(this::put);
      }
    }
    return this;
  }

  private void put(HasMetadata object) {
    if (object instanceof Deployment deployment) {
      var status = find(Deployment.class).map(Deployment::getStatus).orElse(null);
      deployment.getMetadata().setGeneration(1L);
      deployment.setStatus(status);
    }
    having(object);
  }

  private boolean missing(HasMetadata object) {
    return owned.stream().noneMatch(o -> Objects.ref(o).equals(Objects.ref(object)));
  }

  private <T extends HasMetadata> Optional<T> find(Class<T> kind) {
    return owned.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** The same once so many servers of the newest kind are ready. */
  Given servers(int count) {
    var live = find(Deployment.class).orElseThrow();
    return having(
        new DeploymentBuilder(live)
            .withNewStatus()
            .withObservedGeneration(1L)
            .withReplicas(count)
            .withUpdatedReplicas(count)
            .withAvailableReplicas(count)
            .withReadyReplicas(count)
            .endStatus()
            .build());
  }

  /** The same while the servers are still those of before. */
  Given outdated() {
    var live = find(Deployment.class).orElseThrow();
    return having(
        new DeploymentBuilder(live).editStatus().withUpdatedReplicas(0).endStatus().build());
  }

  BotCluster cluster() {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots, uid: u-demo}
        spec: {domain: bots.example.com, profile: Minimal, %s}
        """
            .formatted(spec);
    var defaulted = Definitions.botCluster().defaulted(JSON.unmarshal(yaml, JsonNode.class));
    var cluster = JSON.convertValue(defaulted, BotCluster.class);
    cluster.getMetadata().setAnnotations(annotations);
    return cluster;
  }

  Facts facts() {
    var settings =
        new Settings(
            "operators",
            "cluster.local",
            Map.of("livekit", "livekit:test", "egress", "egress:test"));
    return new Facts(now, entropy, owned, settings).in(new Surroundings(named, Set.of()));
  }

  /** Of this component instead of LiveKit itself. */
  Given asked(Component<BotCluster> other) {
    component = other;
    return this;
  }

  Plan plan() {
    return component.plan(cluster(), facts());
  }

  Health health() {
    return component.health(cluster(), facts());
  }

  Keys keys() {
    return new Keys(new Situation(cluster(), facts()));
  }

  /** The one object of this kind and name that is wished. */
  <T extends HasMetadata> T wished(Class<T> kind, String name) {
    var wishes = plan() instanceof Plan.Apply apply ? apply.wishes() : List.<Wish>of();
    return wishes.stream()
        .flatMap(w -> Wishes.object(w).stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(o -> name.equals(o.getMetadata().getName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no such object is wished: " + name));
  }

  /** The settings of the servers. */
  String settings() {
    return Secrets.text(wished(Secret.class, "demo-livekit-config"), "livekit.yaml");
  }

  /** The key that clients are told. */
  String told() {
    return Secrets.text(wished(Secret.class, "demo-livekit"), "api-key");
  }

  /** The keys that servers accept, as their file has them. */
  String accepted() {
    return Secrets.text(wished(Secret.class, "demo-livekit-config"), "keys.yaml");
  }
}
