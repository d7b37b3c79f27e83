package io.generalbots.operator.cluster.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.vault.VaultStep;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
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
import java.util.Set;

/** A cluster named demo in namespace bots, what there is of its vault, and what comes of it. */
record Given(String vault, List<HasMetadata> owned, List<Secret> users, Instant now) {

  static final Instant TODAY = Instant.parse("2026-01-01T00:00:00Z");
  static final Part PART = new Part("demo", "vault");

  /** A cluster with this block vault, as YAML in one line. */
  static Given vault(String yaml) {
    return new Given(yaml, List.of(), List.of(), TODAY);
  }

  Given having(HasMetadata... objects) {
    var all = new ArrayList<>(owned);
    for (var object : objects) {
      all.removeIf(o -> Objects.ref(o).equals(Objects.ref(object)));
      all.add(object);
    }
    return new Given(vault, all, users, now);
  }

  Given withUsers(Secret secret) {
    return new Given(vault, owned, List.of(secret), now);
  }

  Given at(Instant time) {
    return new Given(vault, owned, users, time);
  }

  /** Servers of these numbers, all of them ready, each with its volume. */
  Given servers(int count) {
    var given = this;
    for (var i = 0; i < count; i++) {
      given = given.having(pod(i, true), claim(i));
    }
    return given;
  }

  /** The Secrets of the stores that every cluster has. */
  Given stores() {
    return having(
        secret(
            "demo-app",
            Map.of(
                "host", "demo-postgres-rw",
                "port", "5432",
                "dbname", "botserver",
                "username", "gbuser",
                "password", "db-password")),
        secret(
            "demo-valkey",
            Map.of(
                "host", "demo-valkey",
                "port", "6379",
                "password", "cache-password",
                "uri", "redis://default:cache-password@demo-valkey:6379")),
        secret("demo-encryption", Map.of("drive-key", "d0", "data-key", "d1", "master-key", "d2")));
  }

  /** As it is after the wishes of a round came true, steps included. */
  Given round() {
    var given = this;
    for (var wish : wishes()) {
      var object = Wishes.object(wish);
      var known = object.filter(o -> owned.stream().anyMatch(h -> same(h, o))).isPresent();
      if (object.isPresent() && !(wish instanceof Wish.Once && known)) {
        given = given.having(object.get());
      }
    }
    return given;
  }

  List<Wish> wishes() {
    return plan() instanceof Plan.Apply apply ? apply.wishes() : List.of();
  }

  Plan plan() {
    return new Vault().plan(cluster(), facts());
  }

  /** The step of this round, if there is one. */
  Optional<VaultStep> step() {
    return wishes().stream()
        .filter(Wish.External.class::isInstance)
        .map(w -> (VaultStep) ((Wish.External) w).step())
        .findFirst();
  }

  Optional<Secret> found(String name) {
    return facts().find(Secret.class, name);
  }

  Situation situation() {
    return new Situation(cluster(), facts());
  }

  BotCluster cluster() {
    var serialization = new KubernetesSerialization();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots, uid: u-demo, generation: 1}
        spec:
          domain: bots.example.com
          profile: Minimal
          qdrant: {enabled: false}
          seaweedfs: {enabled: false}
          vault: %s
        """
            .formatted(vault);
    var defaulted =
        Definitions.botCluster().defaulted(serialization.unmarshal(yaml, JsonNode.class));
    return serialization.convertValue(defaulted, BotCluster.class);
  }

  Facts facts() {
    var settings = new Settings("operators", "cluster.local", Map.of("vault", "openbao:test"));
    return new Facts(now, new SecureEntropy(), owned, settings)
        .in(new Surroundings(users, Set.of()));
  }

  static Secret secret(String name, Map<String, String> values) {
    return Secrets.opaque(new ObjectMetaBuilder().withName(name).build(), values);
  }

  static Pod pod(int ordinal, boolean ready) {
    return new PodBuilder()
        .withMetadata(PART.named("demo-vault-" + ordinal))
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .endCondition()
        .endStatus()
        .build();
  }

  static PersistentVolumeClaim claim(int ordinal) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(PART.named("data-demo-vault-" + ordinal))
        .withNewSpec()
        .withNewResources()
        .addToRequests("storage", new Quantity("2Gi"))
        .endResources()
        .endSpec()
        .build();
  }

  private static boolean same(HasMetadata one, HasMetadata other) {
    return Objects.ref(one).equals(Objects.ref(other));
  }
}
