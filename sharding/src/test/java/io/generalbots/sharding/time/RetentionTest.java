package io.generalbots.sharding.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static final List<Partition> ALL =
      List.of(
          partition("now", "2026-11-01", "2026-12-01"),
          partition("young", "2025-11-01", "2025-12-01"),
          partition("old", "2025-10-01", "2025-11-01"),
          new Partition("before", new Span(Instant.MIN, at("2025-10-01")), 1));

  @Test
  void aPartitionGoesWhenItsLastRowIsOldEnoughTheOldestFirst() {
    assertThat(over("2026-11-01T00:00:00Z")).containsExactly("before", "old");
    assertThat(over("2026-10-31T23:59:59Z")).containsExactly("before");
  }

  /** A month back from March 31st is the end of February, whatever the year. */
  @Test
  void monthsAreThoseOfTheCalendar() {
    var february = List.of(partition("february", "2024-02-01", "2024-03-01"));
    assertThat(new Retention(1, Instant.parse("2024-03-31T12:00:00Z")).over(february)).isEmpty();
    assertThat(new Retention(1, Instant.parse("2024-04-01T00:00:00Z")).over(february)).hasSize(1);
  }

  @Test
  void whatHasNoEndNeverGoes() {
    var open = List.of(new Partition("open", new Span(at("2000-01-01"), Instant.MAX), 1));
    assertThat(new Retention(1, Instant.parse("2999-01-01T00:00:00Z")).over(open)).isEmpty();
  }

  private static List<String> over(String now) {
    return new Retention(12, Instant.parse(now)).over(ALL).stream().map(Partition::name).toList();
  }

  private static Partition partition(String name, String from, String to) {
    return new Partition(name, new Span(at(from), at(to)), 1);
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }
}
