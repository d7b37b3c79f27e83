package io.generalbots.operator.external.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What two readings of the gateways come to. */
class CountsTest {

  private static final Instant BEGIN = Instant.EPOCH;

  private static Exposition gateway(int requests, int quick, int slow) {
    return Exposition.of(
        """
        # HELP generalbots_edge_requests_total Requests that came in.
        # TYPE generalbots_edge_requests_total counter
        generalbots_edge_requests_total{site="bots"} %d
        generalbots_edge_requests_total{site="other"} 9e9
        generalbots_edge_wait_seconds_bucket{site="bots",le="0.5"} %d
        generalbots_edge_wait_seconds_bucket{site="bots",le="1"} %d
        generalbots_edge_wait_seconds_bucket{site="bots",le="+Inf"} %d
        generalbots_edge_wait_seconds_sum{site="bots"} 1.5
        go_goroutines 7
        """
            .formatted(requests, quick, quick + slow, quick + slow));
  }

  private static Counts counts(long seconds, Map<String, Exposition> gateways) {
    return Counts.of(BEGIN.plusSeconds(seconds), gateways);
  }

  @Test
  void requestsPerSecondAreThoseOfAllGateways() {
    var before = counts(0, Map.of("a", gateway(100, 0, 0), "b", gateway(1000, 0, 0)));
    var now = counts(30, Map.of("a", gateway(400, 0, 0), "b", gateway(1300, 0, 0)));
    assertThat(now.rateSince(before)).isEqualTo(20, within(1e-9));
  }

  @Test
  void aGatewayThatBeganAnewCountsFromZeroAndANewOneFromTheNextTime() {
    var before = counts(0, Map.of("a", gateway(1_000_000, 50, 0)));
    var now = counts(10, Map.of("a", gateway(300, 10, 0), "new", gateway(5_000_000, 7, 7)));
    assertThat(now.rateSince(before)).isEqualTo(30, within(1e-9));
    assertThat(now.quantileSince(before, 0.5)).isEqualTo(250, within(1e-9));
  }

  @Test
  void theResponseTimeIsThatOfTheTimeBetween() {
    var before = counts(0, Map.of("a", gateway(0, 1_000_000, 0)));
    var now = counts(30, Map.of("a", gateway(0, 1_000_010, 90)));
    assertThat(now.quantileSince(before, 0.95)).isEqualTo(500 + 500 * 85.0 / 90, within(1e-6));
    assertThat(now.quantileSince(before, 0.05)).isEqualTo(250, within(1e-6));
  }

  @Test
  void whereNobodyAskedNobodyWaited() {
    var same = Map.of("a", gateway(10, 10, 0));
    assertThat(counts(30, same).quantileSince(counts(0, same), 0.95)).isZero();
    assertThat(counts(30, same).rateSince(counts(0, same))).isZero();
  }

  @Test
  void whatIsSlowerThanTheSlowestBucketIsToldAsThat() {
    var gateways =
        Map.of(
            "a",
            Exposition.of(
                """
                generalbots_edge_wait_seconds_bucket{site="bots",le="30"} 0
                generalbots_edge_wait_seconds_bucket{site="bots",le="+Inf"} 5
                """));
    assertThat(counts(30, gateways).quantileSince(counts(0, Map.of("a", gateway(0, 0, 0))), 0.95))
        .isEqualTo(30_000);
  }

  @Test
  void whatIsNoMetricIsPassedOver() {
    assertThat(Exposition.of("<html>{nothing} here</html>\n{} 5\nname{a=\"b\"} NaN\n").series())
        .singleElement()
        .satisfies(s -> assertThat(s.value()).isNaN());
    assertThat(Exposition.of("name{a=\"b\"} nonsense\n").series()).isEmpty();
  }
}
