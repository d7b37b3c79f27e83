package io.generalbots.operator.cluster.seaweedfs;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Numbered;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.schema.Definitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster named demo in namespace bots, and what exists of it. */
final class Given {

  static final String REVISION = "r1";

  private final List<HasMetadata> owned = new ArrayList<>();
  private final List<Secret> users = new ArrayList<>();
  private final Set<Reading> readings = new HashSet<>();
  private String seaweedfs = "{enabled: true}";
  private String more = "";

  /** The cluster's block seaweedfs, as YAML in one line. */
  Given seaweedfs(String yaml) {
    seaweedfs = yaml;
    return this;
  }

  /** More fields of the spec, each followed by a comma. */
  Given spec(String yaml) {
    more = yaml;
    return this;
  }

  Given having(HasMetadata... objects) {
    owned.addAll(List.of(objects));
    return this;
  }

  /** A Secret of the user that the spec names. */
  Given user(String name, Map<String, String> values) {
    users.add(Secrets.opaque(new ObjectMetaBuilder().withName(name).build(), values));
    return this;
  }

  /** What its servers said last. */
  Given reading(Reading reading) {
    readings.add(reading);
    return this;
  }

  BotCluster cluster() {
    var serialization = new KubernetesSerialization();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots, uid: u-demo}
        spec: {%s domain: bots.example.com, seaweedfs: %s}
        """
            .formatted(more, seaweedfs);
    var defaulted =
        Definitions.botCluster().defaulted(serialization.unmarshal(yaml, JsonNode.class));
    return serialization.convertValue(defaulted, BotCluster.class);
  }

  Facts facts() {
    var images = Map.of("seaweedfs", "seaweedfs:test", "postgres", "postgres:test");
    var settings = new Settings("operators", "cluster.local", images);
    return new Facts(Instant.EPOCH, new Numbered(), owned, settings)
        .in(new Surroundings(users, Set.of(), Optional.empty(), readings));
  }

  Situation situation() {
    return new Situation(cluster(), facts());
  }

  static Pod pod(Role role, int ordinal) {
    var part = role.part("demo");
    var meta =
        new ObjectMetaBuilder(part.named(part.name(Integer.toString(ordinal))))
            .withUid("u-" + ordinal)
            .addToLabels("controller-revision-hash", REVISION)
            .build();
    return new PodBuilder()
        .withMetadata(meta)
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }

  static StatefulSet set(Role role, int replicas) {
    return new StatefulSetBuilder()
        .withMetadata(new ObjectMetaBuilder(role.part("demo").meta()).withGeneration(1L).build())
        .withNewSpec()
        .withReplicas(replicas)
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(1L)
        .withUpdateRevision(REVISION)
        .endStatus()
        .build();
  }

  /** The pod that empties a server, ready or not. */
  static Deployment drain(int ordinal, int ready) {
    var part = new Part("demo", "seaweedfs-drain");
    var meta =
        new ObjectMetaBuilder(part.named(part.name(Integer.toString(ordinal))))
            .withGeneration(1L)
            .build();
    return new DeploymentBuilder()
        .withMetadata(meta)
        .withNewStatus()
        .withObservedGeneration(1L)
        .withReadyReplicas(ready)
        .endStatus()
        .build();
  }

  static PersistentVolumeClaim claim(Role role, int ordinal) {
    var part = role.part("demo");
    return new PersistentVolumeClaimBuilder()
        .withMetadata(part.named("data-" + part.name(Integer.toString(ordinal))))
        .withNewSpec()
        .withNewResources()
        .endResources()
        .endSpec()
        .build();
  }
}
