package io.generalbots.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.javaoperatorsdk.operator.OperatorException;
import org.junit.jupiter.api.Test;

/** A resource that was deleted while its round went on is no failure of the round. */
class PatchesTest {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  @Test
  void theResourceItselfWasGone() {
    assertThat(Patches.wasGone(demo(), refusal(NOT_FOUND, "botclusters", "demo"))).isTrue();
  }

  /** As metrics pass it on. */
  @Test
  void whatWasWrappedIsSeenThrough() {
    var gone = refusal(NOT_FOUND, "botclusters", "demo");
    assertThat(Patches.wasGone(demo(), new OperatorException(gone))).isTrue();
    var round = new RoundFailure(new BotClusterStatusBuilder().build(), gone);
    assertThat(Patches.wasGone(demo(), new OperatorException(round))).isFalse();
    assertThat(RoundFailure.in(new OperatorException(round))).contains(round);
    assertThat(RoundFailure.in(new OperatorException(gone))).isEmpty();
  }

  @Test
  void anythingElseIsAFailure() {
    assertThat(Patches.wasGone(demo(), refusal(NOT_FOUND, "secrets", "demo"))).isFalse();
    assertThat(Patches.wasGone(demo(), refusal(NOT_FOUND, "botclusters", "other"))).isFalse();
    assertThat(Patches.wasGone(demo(), refusal(CONFLICT, "botclusters", "demo"))).isFalse();
    assertThat(Patches.wasGone(demo(), new IllegalStateException("a bug"))).isFalse();
  }

  private static BotCluster demo() {
    var cluster = new BotCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withName("demo").build());
    return cluster;
  }

  private static KubernetesClientException refusal(int code, String kind, String name) {
    var status =
        new StatusBuilder()
            .withCode(code)
            .withNewDetails()
            .withKind(kind)
            .withName(name)
            .endDetails()
            .build();
    return new KubernetesClientException(status);
  }
}
