package io.generalbots.operator.cluster.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.Switchover;
import io.generalbots.operator.kernel.Entropy;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.schema.Definitions;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A cluster named demo in namespace bots, and what exists of it. */
final class Given {

  static final String OLD = "r1";
  static final String NEW = "r2";
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final List<HasMetadata> owned = new ArrayList<>();
  private final Map<String, String> annotations = new HashMap<>();
  private final Map<String, String> remembered = new HashMap<>();
  private String postgres = "{}";
  private String rest = "";

  /** The cluster's block postgres, as YAML in one line. */
  Given postgres(String yaml) {
    postgres = yaml;
    return this;
  }

  /** More of the cluster's spec, as YAML in one line: {@code hibernate: true}. */
  Given spec(String yaml) {
    rest = ", " + yaml;
    return this;
  }

  Given annotated(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  /** What Patroni's ConfigMap says beside its configuration. */
  Given remembering(String key, String value) {
    remembered.put(key, value);
    return this;
  }

  Given having(HasMetadata... objects) {
    owned.addAll(List.of(objects));
    return this;
  }

  /** These servers under a StatefulSet of as many. */
  Given servers(Server... servers) {
    Stream.of(servers).map(Server::pod).forEach(owned::add);
    owned.add(set(servers.length, "20Gi"));
    return this;
  }

  Situation situation() {
    var cluster = cluster();
    var told = new HashMap<>(remembered);
    told.put("config", DynamicConfig.json(cluster.getSpec().postgres()));
    told.putIfAbsent("initialize", "7711957004821065755");
    var part = Names.part("demo");
    var meta = new ObjectMetaBuilder(part.named(Names.config(part))).withAnnotations(told).build();
    var all = new ArrayList<>(owned);
    all.add(new ConfigMapBuilder().withMetadata(meta).build());
    var settings = new Settings("operators", "cluster.local", Map.of("postgres", "postgres:test"));
    return new Situation(cluster, new Facts(NOW, new Repeating(), all, settings));
  }

  /** What is planned. */
  List<Wish> wishes() {
    var situation = situation();
    var plan = new Postgres().plan(situation.cluster(), situation.facts());
    return ((Plan.Apply) plan).wishes();
  }

  /** What the plan does to running servers, in words: {@code remove demo-postgres-1}. */
  List<String> deeds() {
    return wishes().stream().flatMap(w -> deed(w).stream()).toList();
  }

  private static List<String> deed(Wish wish) {
    if (wish instanceof Wish.Remove remove) {
      return List.of("remove " + remove.object().getMetadata().getName());
    } else if (wish instanceof Wish.External external
        && external.step() instanceof Switchover switchover) {
      return List.of("switch " + switchover.leader() + " to " + switchover.candidate());
    } else if (wish instanceof Wish.Amend amend && amend.object() instanceof Pod pod) {
      return List.of(
          "ask "
              + pod.getMetadata().getName()
              + " for "
              + pod.getMetadata().getAnnotations().get(Mounts.RESTART));
    }
    return List.of();
  }

  static StatefulSet set(int replicas, String size) {
    var part = Names.part("demo");
    return new StatefulSetBuilder()
        .withMetadata(
            new ObjectMetaBuilder(part.meta()).withGeneration(1L).withUid("u-set").build())
        .withNewSpec()
        .withReplicas(replicas)
        .withVolumeClaimTemplates(Claims.of("data", size))
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(1L)
        .withUpdateRevision(NEW)
        .endStatus()
        .build();
  }

  private BotCluster cluster() {
    var serialization = new KubernetesSerialization();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots, uid: u-demo}
        spec: {domain: bots.example.com, postgres: %s%s}
        """
            .formatted(postgres, rest);
    var defaulted =
        Definitions.botCluster().defaulted(serialization.unmarshal(yaml, JsonNode.class));
    var cluster = serialization.convertValue(defaulted, BotCluster.class);
    cluster.getMetadata().setAnnotations(annotations);
    return cluster;
  }

  /** Gives each password a number, so that no two are the same. */
  private static final class Repeating implements Entropy {

    private int count;

    @Override
    public String password(int length) {
      count++;
      return Integer.toString(count).repeat(length).substring(0, length);
    }

    @Override
    public String key() {
      throw new UnsupportedOperationException("Postgres makes no keys");
    }

    @Override
    public KeyPair keyPair() {
      throw new UnsupportedOperationException("Postgres makes no keys");
    }

    @Override
    public BigInteger serial() {
      throw new UnsupportedOperationException("Postgres makes no certificates");
    }
  }
}
