package io.generalbots.sharding.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IntervalTest {

  private static final long SEED = 8;
  private static final int MOMENTS = 5_000;

  /** From 1970 to 2129. */
  private static final long SECONDS = 5_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "DAILY, 2024-02-29T23:59:59Z, 2024-02-29, 2024-03-01, 2024_02_29",
    "WEEKLY, 2021-01-03T12:00:00Z, 2020-12-28, 2021-01-04, 2020_w53",
    "WEEKLY, 2024-01-29T00:00:00Z, 2024-01-29, 2024-02-05, 2024_w05",
    "MONTHLY, 2024-01-31T00:00:00Z, 2024-01-01, 2024-02-01, 2024_01",
    "MONTHLY, 2026-12-31T23:59:59.999999Z, 2026-12-01, 2027-01-01, 2026_12",
    "YEARLY, 2024-07-01T00:00:00Z, 2024-01-01, 2025-01-01, 2024"
  })
  void isOfTheCalendarInUtc(
      Interval interval, Instant moment, String from, String to, String name) {
    var span = interval.containing(moment);
    assertThat(span.from()).isEqualTo(Instant.parse(from + "T00:00:00Z"));
    assertThat(span.to()).isEqualTo(Instant.parse(to + "T00:00:00Z"));
    assertThat(interval.suffix(span)).isEqualTo(name);
  }

  @ParameterizedTest
  @EnumSource
  void containsEveryMomentOnceAndGivesEachSpanANameOfItsOwn(Interval interval) {
    var random = new Random(SEED);
    for (var i = 0; i < MOMENTS; i++) {
      var moment = Instant.ofEpochSecond((long) (random.nextDouble() * SECONDS));
      var span = interval.containing(moment);
      assertThat(span.contains(moment)).as("%s, seed %d", moment, SEED).isTrue();
      assertThat(interval.containing(span.to().minusNanos(1))).isEqualTo(span);
      var next = interval.after(span);
      assertThat(next.from()).isEqualTo(span.to());
      assertThat(interval.suffix(next)).isNotEqualTo(interval.suffix(span));
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesNoTwoAlike(Interval interval) {
    var names = new HashSet<String>();
    var span = interval.containing(Instant.EPOCH);
    for (var i = 0; i < MOMENTS; i++) {
      assertThat(names.add(interval.suffix(span))).as("%s of %s", interval, span).isTrue();
      span = interval.after(span);
    }
  }

  @Test
  void namesPartsByTheirBeginning() {
    var noon = new Span(Instant.parse("2024-01-31T09:30:00Z"), Instant.MAX);
    assertThat(Interval.suffixOfPart(noon)).isEqualTo("2024_01_31_0930");
  }
}
