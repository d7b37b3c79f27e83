package io.generalbots.operator.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

class CircuitsTest {

  private static final Pod ONE = Given.bot("one", "10.0.0.7", true);

  @Test
  void botServersHaveCircuitsByWhatTheSpecSays() {
    var text =
        Given.gateway("{circuitBreaker: {threshold: 7, timeoutSeconds: 12, halfOpenRequests: 2}}")
            .having(ONE)
            .caddyfile();
    assertThat(text)
        .containsSubsequence(
            "(sticky) {",
            "lb_policy circuit {args[0]} {",
            "threshold 7\n",
            "timeout 12s\n",
            "half_open 2\n",
            "policy cookie lb {$COOKIE_SECRET}\n",
            "(spread) {",
            "threshold 7\n",
            "policy round_robin\n",
            "transport circuit {",
            "handle /ws* {",
            "import sticky bots\n",
            "handle {",
            "import spread bots\n");
  }

  @Test
  void asMuchAsIsAskedForByDefault() {
    assertThat(Given.gateway("{}").caddyfile())
        .contains("threshold 5\n", "timeout 30s\n", "half_open 3\n");
  }

  @Test
  void switchedOffThereAreNone() {
    assertThat(Given.gateway("{circuitBreaker: {enabled: false}}").having(ONE).caddyfile())
        .contains("lb_policy cookie lb {$COOKIE_SECRET}\n", "lb_policy round_robin\n")
        .contains("transport http {")
        .doesNotContain("circuit", "threshold");
  }
}
