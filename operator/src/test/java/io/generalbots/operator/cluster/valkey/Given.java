package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kernel.Entropy;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Settings;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cluster named demo in namespace bots, and what exists of it. */
final class Given {

  static final String OLD = "r1";
  static final String NEW = "r2";

  private final List<HasMetadata> owned = new ArrayList<>();
  private String valkey = "{}";
  private boolean hibernate;

  /** The cluster's block valkey, as YAML in one line. */
  Given valkey(String yaml) {
    valkey = yaml;
    return this;
  }

  Given hibernating() {
    hibernate = true;
    return this;
  }

  Given having(HasMetadata... objects) {
    owned.addAll(List.of(objects));
    return this;
  }

  /** Ready pods of the new revision. */
  Given servers(int count) {
    for (var i = 0; i < count; i++) {
      owned.add(pod(i, NEW, true));
    }
    return this;
  }

  BotCluster cluster() {
    return Specs.cluster("hibernate: %s, valkey: %s".formatted(hibernate, valkey));
  }

  Facts facts() {
    var settings = new Settings("operators", "cluster.local", Map.of("valkey", "valkey:test"));
    return new Facts(Instant.EPOCH, new Repeating(), owned, settings);
  }

  Situation situation() {
    return new Situation(cluster(), facts());
  }

  static Pod pod(int ordinal, String revision, boolean ready) {
    var part = Names.servers("demo");
    return new PodBuilder()
        .withMetadata(
            new ObjectMetaBuilder(part.named(part.name(Integer.toString(ordinal))))
                .withUid("u-" + ordinal)
                .addToLabels("controller-revision-hash", revision)
                .build())
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .endCondition()
        .endStatus()
        .build();
  }

  static StatefulSet set(int replicas) {
    var part = Names.servers("demo");
    return new StatefulSetBuilder()
        .withMetadata(
            new ObjectMetaBuilder(part.meta()).withGeneration(1L).withUid("u-set").build())
        .withNewSpec()
        .withReplicas(replicas)
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(1L)
        .withUpdateRevision(NEW)
        .endStatus()
        .build();
  }

  /** The Service as the agents left it. */
  static Service ledTo(int ordinal) {
    var part = Names.servers("demo");
    return new ServiceBuilder()
        .withMetadata(new ObjectMetaBuilder(part.meta()).addToAnnotations(Names.EPOCH, "4").build())
        .withNewSpec()
        .addToSelector(Names.POD_NAME, part.name(Integer.toString(ordinal)))
        .endSpec()
        .build();
  }

  /** Repeats itself. */
  private static final class Repeating implements Entropy {

    @Override
    public String password(int length) {
      return "p".repeat(length);
    }

    @Override
    public String key() {
      throw new UnsupportedOperationException("Valkey makes no keys");
    }

    @Override
    public KeyPair keyPair() {
      throw new UnsupportedOperationException("Valkey makes no keys");
    }

    @Override
    public BigInteger serial() {
      throw new UnsupportedOperationException("Valkey makes no certificates");
    }
  }
}
