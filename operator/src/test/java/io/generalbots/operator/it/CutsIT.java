package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.e2e.Stage;
import io.generalbots.operator.golden.Likeness;
import io.generalbots.operator.golden.Numbered;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Applier;
import io.generalbots.operator.kernel.Entropy;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.reconcile.ClusterLoop;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An operator that ends after any one of its writes leaves nothing that the next one cannot go on
 * from: the loop in this process, against the API server, in a namespace no operator watches.
 */
@Timeout(600)
class CutsIT {

  private static final String NAMESPACE = "e2e-kernel-cuts";
  private static final int MOST_ROUNDS = 6;
  private static final int UNCUT = Integer.MAX_VALUE;

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Stage STAGE = new Stage(CLIENT, NAMESPACE);
  private static final Entropy ENTROPY = new Numbered();

  @BeforeAll
  static void prepare() {
    STAGE.prepare();
  }

  @AfterAll
  static void remove() {
    STAGE.clear();
  }

  @Test
  void whereverTheOperatorEndsTheNextOneMakesTheSameObjects() {
    var whole = Cut.after(UNCUT);
    var expected = made("cut-all", whole);
    assertThat(whole.written()).isGreaterThan(40);
    for (var writes = 0; writes < whole.written(); writes++) {
      var cut = Cut.after(writes);
      assertThat(made("cut-%03d".formatted(writes), cut))
          .as("the operator ended after %d writes", writes)
          .isEqualTo(expected);
      assertThat(cut.isReached()).isTrue();
    }
  }

  /** What there is in the end, of a loop that may be cut and one that follows it. */
  private static String made(String name, Cut cut) {
    var cluster = create(name);
    try (var client = cut.client()) {
      settle(cluster, client, cut);
    }
    if (cut.isReached()) {
      settle(cluster, CLIENT, Cut.after(UNCUT));
    }
    var text = Likeness.of(owned(cluster), name);
    CLIENT.resource(cluster).delete();
    return text;
  }

  private static void settle(BotCluster cluster, KubernetesClient client, Cut cut) {
    var applier = new Applier(client, List.of());
    for (var round = 0; round < MOST_ROUNDS; round++) {
      // What a dead operator would have read matters to nobody.
      var facts = new Facts(Instant.EPOCH, ENTROPY, owned(cluster), World.SETTINGS);
      var outcome = round(applier, cluster, facts);
      if (cut.isReached()) {
        return;
      }
      assertThat(outcome.failure()).isEmpty();
      if (outcome.decisions().isEmpty()) {
        return;
      }
    }
    throw new AssertionError("still changing things after %d rounds".formatted(MOST_ROUNDS));
  }

  private static Outcome round(Applier applier, BotCluster cluster, Facts facts) {
    return applier.apply(
        ClusterBlueprint.plan(cluster, facts), facts, ClusterLoop.stamp(cluster), () -> true);
  }

  private static List<HasMetadata> owned(BotCluster cluster) {
    var labels =
        Map.of(Labels.MANAGED_BY, Labels.OPERATOR, Labels.CLUSTER, cluster.getMetadata().getName());
    return ClusterLoop.KINDS.stream()
        .<HasMetadata>flatMap(
            kind ->
                CLIENT
                    .resources(kind)
                    .inNamespace(NAMESPACE)
                    .withLabels(labels)
                    .list()
                    .getItems()
                    .stream())
        .toList();
  }

  private static BotCluster create(String name) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec: {domain: bots.example.com, %s, %s}
        """
            .formatted(name, NAMESPACE, Specs.STORES_ONLY, Subject.ASLEEP);
    CLIENT.resource(yaml).inNamespace(NAMESPACE).create();
    return CLIENT.resources(BotCluster.class).inNamespace(NAMESPACE).withName(name).require();
  }
}
