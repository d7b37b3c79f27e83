package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.qdrant.Tending;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster named demo in namespace bots, and what exists of its Qdrant. */
final class Given {

  private static final Part PART = Names.part("demo");

  private final List<HasMetadata> owned = new ArrayList<>();
  private final List<Secret> named = new ArrayList<>();
  private final String spec;

  private Given(String spec) {
    this.spec = spec;
  }

  /** A cluster with this spec beside its domain, as YAML in one line. */
  static Given spec(String yaml) {
    return new Given(yaml);
  }

  /** A cluster whose set asks for so many peers, and all of them serve. */
  Given running(int peers) {
    owned.add(set(peers));
    for (var i = 0; i < peers; i++) {
      owned.add(pod(i, Names.PEER, true));
      owned.add(claim(i));
    }
    return this;
  }

  Given having(HasMetadata... objects) {
    owned.addAll(List.of(objects));
    return this;
  }

  Given without(HasMetadata object) {
    owned.removeIf(o -> o.getMetadata().getName().equals(object.getMetadata().getName()));
    return this;
  }

  Given naming(String secret, Map<String, String> values) {
    named.add(Secrets.opaque(new ObjectMetaBuilder().withName(secret).build(), values));
    return this;
  }

  /** Everything that a plan makes, as if it had been applied; the step has been done. */
  Given tended() {
    return having(Files.configMap(situation(), Tended.now(situation())));
  }

  BotCluster cluster() {
    return Specs.cluster(spec);
  }

  Facts facts() {
    var settings = new Settings("operators", "cluster.local", Map.of("qdrant", "qdrant:test"));
    return new Facts(Instant.EPOCH, new SecureEntropy(), owned, settings)
        .in(new Surroundings(named, Set.of()));
  }

  Situation situation() {
    return new Situation(cluster(), facts());
  }

  Plan plan() {
    return new Qdrant().plan(cluster(), facts());
  }

  Health health() {
    return new Qdrant().health(cluster(), facts());
  }

  List<Wish> wishes() {
    return plan() instanceof Plan.Apply apply ? apply.wishes() : List.of();
  }

  /** What is asked of Qdrant, if anything. */
  Optional<Tending> step() {
    return wishes().stream()
        .filter(Wish.External.class::isInstance)
        .map(w -> (Tending) ((Wish.External) w).step())
        .findFirst();
  }

  /** Every object of this kind that is wished, in order: before the step, and after it. */
  <T extends HasMetadata> List<T> wished(Class<T> kind) {
    return wishes().stream()
        .flatMap(w -> Wishes.object(w).stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  static Pod pod(int ordinal, String role, boolean ready) {
    return new PodBuilder()
        .withMetadata(
            new ObjectMetaBuilder(PART.named(PART.name(Integer.toString(ordinal))))
                .withUid("u-" + ordinal)
                .addToLabels(Labels.ROLE, role)
                .addToLabels("controller-revision-hash", "r1")
                .build())
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .endCondition()
        .endStatus()
        .build();
  }

  /** One that waits with this reason of the kubelet. */
  static Pod waiting(int ordinal, String reason) {
    return new PodBuilder(pod(ordinal, Names.PEER, false))
        .editStatus()
        .addNewContainerStatus()
        .withNewState()
        .withNewWaiting("whatever it says", reason)
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  /** One that ended and left this behind. */
  static Pod ended(int ordinal, String words) {
    return new PodBuilder(pod(ordinal, Names.PEER, false))
        .editStatus()
        .addNewContainerStatus()
        .withNewLastState()
        .withNewTerminated()
        .withMessage(words + "\n")
        .endTerminated()
        .endLastState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  static PersistentVolumeClaim claim(int ordinal) {
    return claim(ordinal, "v-" + ordinal);
  }

  static PersistentVolumeClaim claim(int ordinal, String uid) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(
            new ObjectMetaBuilder(PART.named("data-" + PART.name(Integer.toString(ordinal))))
                .withUid(uid)
                .build())
        .withNewSpec()
        .withNewResources()
        .addToRequests("storage", new Quantity("20Gi"))
        .endResources()
        .endSpec()
        .build();
  }

  static StatefulSet set(int replicas) {
    return new StatefulSetBuilder()
        .withMetadata(new ObjectMetaBuilder(PART.meta()).withGeneration(1L).build())
        .withNewSpec()
        .withReplicas(replicas)
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(1L)
        .withUpdateRevision("r1")
        .endStatus()
        .build();
  }
}
