package io.generalbots.operator.shard;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.external.partition.TablesRead;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.schema.Definitions;
import io.generalbots.operator.tenant.place.Tenants;
import io.generalbots.sharding.time.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A ShardPolicy as an API server would complete it, and what a round makes of it. */
final class Policy {

  static final Instant NOW = Instant.parse("2026-11-27T20:00:00Z");

  static final String MONTHLY =
      "strategy: Time, time: {tables: [{name: message_history, column: created_at}]}";

  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Settings SETTINGS =
      new Settings(
          "operators",
          "cluster.local",
          Map.of("postgres", "generalbots/postgres:17", "edge", "generalbots/edge:0.1"));

  private Policy() {}

  /** Of BotCluster demo in namespace bots; younger the higher its age is. */
  static ShardPolicy of(String name, int age, String spec) {
    var reference = spec.startsWith("clusterRef") ? "" : "clusterRef: {name: demo}, ";
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: ShardPolicy
        metadata:
          name: %1$s
          namespace: bots
          uid: u-%1$s
          generation: 1
          creationTimestamp: "2026-01-01T00:00:%2$02dZ"
        spec: {%3$s%4$s}
        """
            .formatted(name, age, reference, spec);
    var node = Definitions.shardPolicy().defaulted(YAML.unmarshal(yaml, JsonNode.class));
    return YAML.convertValue(node, ShardPolicy.class);
  }

  static BotCluster cluster() {
    return Tenants.cluster("");
  }

  /** A round of a policy whose BotCluster runs. */
  static ShardPolicyBlueprint round(ShardPolicy policy, Reading read, HasMetadata... made) {
    return round(new Scene(policy, Optional.of(cluster()), List.of()), read, made);
  }

  static ShardPolicyBlueprint round(Scene scene, Reading read, HasMetadata... made) {
    var surroundings = new Surroundings(List.of(), Set.of(), Optional.empty(), Set.of(read));
    var facts = new Facts(NOW, new SecureEntropy(), List.of(made), SETTINGS).in(surroundings);
    return new ShardPolicyBlueprint(scene, facts);
  }

  /** A round in which this was told of Tenants. */
  static ShardPolicyBlueprint round(Scene scene, List<Secret> told, HasMetadata... made) {
    var surroundings = new Surroundings(told, Set.of(), Optional.empty(), Set.of());
    var facts = new Facts(NOW, new SecureEntropy(), List.of(made), SETTINGS).in(surroundings);
    return new ShardPolicyBlueprint(scene, facts);
  }

  /** The routers of a policy, so many of which serve. */
  static Deployment routers(String policy, int ready) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(policy + "-router")
        .withNamespace("bots")
        .endMetadata()
        .withNewStatus()
        .withReadyReplicas(ready)
        .endStatus()
        .build();
  }

  /** The objects of a kind that a round wishes. */
  static <T extends HasMetadata> List<T> objects(ShardPolicyBlueprint round, Class<T> kind) {
    return wishes(round).stream()
        .flatMap(wish -> Wishes.object(wish).stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  static TablesRead read(Table... tables) {
    return new TablesRead(NOW, List.of(tables));
  }

  /** All wishes of a round, in order. */
  static List<Wish> wishes(ShardPolicyBlueprint round) {
    return round.plan().values().stream()
        .filter(Plan.Apply.class::isInstance)
        .flatMap(plan -> ((Plan.Apply) plan).wishes().stream())
        .toList();
  }

  /** What is said when nothing failed. */
  static Condition said(ShardPolicyBlueprint round, String type) {
    return round.status(new Outcome(Map.of())).conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .findFirst()
        .orElseThrow();
  }
}
