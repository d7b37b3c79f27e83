package io.generalbots.sharding.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {

  private static final Span MAY = span("2026-05-01", "2026-06-01");

  @Test
  void beginsWithItsFirstMomentAndEndsBeforeTheOneAfter() {
    assertThat(MAY.contains(at("2026-05-01"))).isTrue();
    assertThat(MAY.contains(at("2026-06-01"))).isFalse();
    assertThat(MAY.contains(at("2026-06-01").minusNanos(1))).isTrue();
    assertThat(MAY.overlaps(span("2026-06-01", "2026-07-01"))).isFalse();
    assertThat(MAY.overlaps(span("2026-05-31", "2026-07-01"))).isTrue();
  }

  @Test
  void isRefusedWhenItEndsAsItBegins() {
    assertThatThrownBy(() -> span("2026-05-01", "2026-05-01"))
        .hasMessageContaining("2026-05-01T00:00:00Z is not before");
  }

  @Test
  void isFreeBetweenWhatIsInIt() {
    var others =
        List.of(
            span("2026-05-20", "2026-07-01"),
            span("2026-04-01", "2026-05-03"),
            span("2026-05-05", "2026-05-06"));
    assertThat(MAY.without(others))
        .containsExactly(span("2026-05-03", "2026-05-05"), span("2026-05-06", "2026-05-20"));
  }

  @Test
  void isFreeAltogetherAmongOthersAndNotAtAllWithinOne() {
    assertThat(MAY.without(List.of(span("2026-06-01", "2026-07-01")))).containsExactly(MAY);
    assertThat(MAY.without(List.of(new Span(Instant.MIN, Instant.MAX)))).isEmpty();
  }

  private static Span span(String from, String to) {
    return new Span(at(from), at(to));
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }
}
