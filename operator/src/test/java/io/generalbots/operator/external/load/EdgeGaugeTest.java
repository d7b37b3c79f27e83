package io.generalbots.operator.external.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What gateways say of whom they leave alone. */
@Tag("REQ-HA-2")
class EdgeGaugeTest {

  private static Exposition gateway(String lines) {
    return Exposition.of("# HELP x y\n" + lines);
  }

  @Test
  void whatAnyGatewayLeavesAloneIsTold() {
    var one =
        gateway(
            """
            generalbots_edge_circuit_state{name="bots",upstream="10.0.0.1:8080"} 1
            generalbots_edge_circuit_state{name="bots",upstream="10.0.0.2:8080"} 0
            generalbots_edge_llm_fallback 0
            """);
    var other =
        gateway(
            """
            generalbots_edge_circuit_state{name="bots",upstream="10.0.0.2:8080"} 2
            generalbots_edge_llm_fallback 1
            """);
    var seen = EdgeGauge.seen(List.of(one, other), new TreeSet<>());
    assertThat(seen.open()).containsExactly("bots/10.0.0.1:8080", "bots/10.0.0.2:8080");
    assertThat(seen.fallback()).isTrue();
  }

  @Test
  void whoSaysNothingLeavesNobodyAlone() {
    var seen = EdgeGauge.seen(List.of(gateway("")), new TreeSet<>());
    assertThat(seen.open()).isEmpty();
    assertThat(seen.fallback()).isFalse();
    assertThat(seen).isEqualTo(EdgeGauge.seen(List.of(), new TreeSet<>()));
  }

  @Test
  void onlyWhatAnswersNoGatewayIsSilent() {
    var one = health("\"cache\": {\"status\": \"error\"}, \"vectordb\": {\"status\": \"error\"}");
    var other = health("\"cache\": {\"status\": \"ok\"}, \"vectordb\": {\"status\": \"error\"}");
    assertThat(EdgeGauge.silent(List.of(one, other))).containsExactly("vectordb");
    assertThat(EdgeGauge.silent(List.of(one))).containsExactly("cache", "vectordb");
    assertThat(EdgeGauge.silent(List.of())).isEmpty();
  }

  private static JsonObject health(String checks) {
    return new JsonObject("{\"status\": \"degraded\", \"checks\": {%s}}".formatted(checks));
  }
}
