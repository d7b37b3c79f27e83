package io.generalbots.operator.external.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the numbers of a kubelet. */
class SummaryTest {

  @Test
  void ofAllThatAKubeletSaysVolumesWithClaimsAreTaken() {
    var volumes = Summary.of(Buffer.buffer(KubeletStandIn.recorded())).volumes();
    assertThat(volumes).extracting(Summary.Volume::claim).containsExactly("data-demo-postgres-0");
  }

  @ParameterizedTest
  @CsvSource({
    // What is reserved for root is not free: df says so too.
    "'usedBytes: 90, availableBytes: 5', 94, false",
    "'usedBytes: 95, availableBytes: 0', 100, false",
    "'usedBytes: 0, availableBytes: 100', 0, false",
    "'availableBytes: 20', 80, false",
    "'usedBytes: 10, availableBytes: 90, inodes: 100, inodesFree: 3', 97, true",
    "'usedBytes: 10, availableBytes: 90, inodes: 0, inodesFree: 0', 10, false",
    "'usedBytes: -7, availableBytes: -1', 0, false",
  })
  void theFullerOfBytesAndInodesCounts(String numbers, int percent, boolean inodes) {
    var fill = Summary.of(answer("capacityBytes: 100, " + numbers)).volumes().get(0).fill();
    assertThat(fill.percent()).isEqualTo(percent);
    assertThat(fill.isInodes()).isEqualTo(inodes);
  }

  @ParameterizedTest
  @CsvSource({
    "'capacityBytes: 0'",
    "'usedBytes: 3'",
    "'capacityBytes: 100, time: \"soon\"'",
  })
  void whatMakesNoSenseIsLeftOut(String numbers) {
    assertThat(Summary.of(answer(numbers)).volumes()).isEmpty();
  }

  @Test
  void anEmptyAnswerSaysNothing() {
    assertThat(Summary.of(Buffer.buffer("{}")).volumes()).isEmpty();
    assertThat(Summary.of(Buffer.buffer("{\"pods\": [1, {\"volume\": [\"x\"]}]}")).volumes())
        .isEmpty();
  }

  private static Buffer answer(String numbers) {
    var time = numbers.contains("time") ? "" : "\"time\": \"2026-11-28T11:46:44Z\", ";
    var quoted = numbers.replaceAll("(\\w+): ", "\"$1\": ");
    return Buffer.buffer(
        """
        {"pods": [{"podRef": {"name": "p", "namespace": "n"},
                   "volume": [{%s%s, "pvcRef": {"name": "c", "namespace": "n"}}]}]}
        """
            .formatted(time, quoted));
  }
}
