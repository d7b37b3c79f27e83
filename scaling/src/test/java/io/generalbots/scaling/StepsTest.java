package io.generalbots.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many replicas at a time. */
class StepsTest {

  @ParameterizedTest
  @CsvSource({
    "CPU, 1, 70.001, 2",
    "CPU, 3, 83, 4",
    "CPU, 7, 80, 8",
    "CPU, 7, 80.001, 9",
    "CPU, 10, 139, 20",
    "CPU, 4, 900, 8",
    "MEMORY, 4, 100, 5",
    "REQUESTS_PER_SECOND, 4, 1250, 5",
    "REQUESTS_PER_SECOND, 4, 1251, 6",
    "RESPONSE_TIME_MILLIS, 4, 60000, 5",
    "QUEUE_DEPTH, 4, 100000, 5"
  })
  void aSharedLoadIsBroughtDownToTheThresholdAndOthersGetOneMore(
      Metric metric, int replicas, double value, int wanted) {
    assertThat(Steps.out(rule(metric), replicas, value)).isEqualTo(wanted);
  }

  @Test
  void aMeanThatIsRoundedCostsNoReplica() {
    for (var replicas = 1; replicas <= 100; replicas++) {
      for (var enough = replicas + 1; enough <= 2 * replicas; enough++) {
        var mean = 70.0 * enough / replicas;
        assertThat(Steps.out(rule(Metric.CPU), replicas, mean)).isEqualTo(enough);
      }
    }
  }

  @Test
  void noLoadIsTooMuchForANumber() {
    assertThat(Steps.out(rule(Metric.CPU), 100, Double.MAX_VALUE)).isEqualTo(200);
  }

  @Test
  void inOneAtATime() {
    assertThat(Steps.in(10)).isEqualTo(9);
  }

  @Test
  void timesAreReadable() {
    assertThat(Words.time(Duration.ZERO)).isEqualTo("0 s");
    assertThat(Words.time(Duration.ofMillis(3_723_999))).isEqualTo("1 h 2 min 3 s");
    assertThat(Words.time(Duration.ofDays(1))).isEqualTo("24 h");
  }

  private static Rule rule(Metric metric) {
    return Policy.DEFAULTS.rules().stream()
        .filter(rule -> rule.metric() == metric)
        .findFirst()
        .orElseThrow();
  }
}
