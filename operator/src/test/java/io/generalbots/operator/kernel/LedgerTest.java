package io.generalbots.operator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was applied is not sent again while it holds. */
class LedgerTest {

  private final Ledger ledger = new Ledger(new KubernetesSerialization());

  private final Pod wished = pod(Map.of("ours", "1"));

  @Test
  void whatOthersWriteBesideIsNothingToUs() {
    ledger.record(wished, live(Map.of("ours", "1")));
    var beside = live(Map.of("ours", "1", "theirs", "2"));
    assertThat(ledger.isKept(wished, beside)).isTrue();
    assertThat(ledger.isSettled(wished, beside)).isFalse();
  }

  @Test
  void whatOthersChangeOfOursIsSentAgain() {
    ledger.record(wished, live(Map.of("ours", "1")));
    assertThat(ledger.isKept(wished, live(Map.of("ours", "2")))).isFalse();
    assertThat(ledger.isKept(wished, live(Map.of()))).isFalse();
  }

  @Test
  void anotherWishIsSent() {
    ledger.record(wished, live(Map.of("ours", "1", "former", "1")));
    var less = pod(Map.of());
    assertThat(ledger.isKept(less, live(Map.of("ours", "1")))).isFalse();
  }

  /** After a restart nobody knows whether we own what is there. */
  @Test
  void whatWasNeverSentIsSent() {
    assertThat(ledger.isKept(wished, live(Map.of("ours", "1")))).isFalse();
  }

  private static Pod pod(Map<String, String> annotations) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("a-pod")
        .withNamespace("bots")
        .withUid("u")
        .withAnnotations(annotations)
        .endMetadata()
        .build();
  }

  private static Pod live(Map<String, String> annotations) {
    return new PodBuilder(pod(annotations))
        .editMetadata()
        .withResourceVersion("7")
        .addToLabels("a", "label")
        .endMetadata()
        .withNewSpec()
        .withNodeName("a-node")
        .endSpec()
        .build();
  }
}
