package io.generalbots.sharding.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * How long a partition is. Days begin at midnight UTC, weeks on Mondays (ISO 8601), so that no
 * change of a local clock makes one longer or shorter, or gives a moment to two.
 */
public enum Interval {
  /** A day. */
  DAILY,
  /** A week, from Monday. */
  WEEKLY,
  /** A month of the calendar. */
  MONTHLY,
  /** A year of the calendar. */
  YEARLY;

  /** The one of these that a moment is in. */
  public Span containing(Instant moment) {
    var first = first(LocalDate.ofInstant(moment, ZoneOffset.UTC));
    return new Span(midnight(first), midnight(next(first)));
  }

  /** The one that follows. */
  public Span after(Span span) {
    return containing(span.to());
  }

  /**
   * What is added to the name of a table to name a partition: {@code 2024_01} for January, {@code
   * 2024_w05} for a week, {@code 2024_01_31} for a day, {@code 2024} for a year.
   */
  public String suffix(Span span) {
    var first = LocalDate.ofInstant(span.from(), ZoneOffset.UTC);
    return switch (this) {
      case DAILY -> day(first);
      case WEEKLY ->
          words(
              "%04d_w%02d",
              first.get(IsoFields.WEEK_BASED_YEAR), first.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case MONTHLY -> words("%04d_%02d", first.getYear(), first.getMonthValue());
      case YEARLY -> words("%04d", first.getYear());
    };
  }

  /** The same for a part of one, which its beginning tells apart: {@code 2024_01_31_0930}. */
  static String suffixOfPart(Span span) {
    var time = span.from().atOffset(ZoneOffset.UTC);
    var day = day(time.toLocalDate());
    return time.getHour() + time.getMinute() == 0
        ? day
        : words("%s_%02d%02d", day, time.getHour(), time.getMinute());
  }

  private static String day(LocalDate date) {
    return words("%04d_%02d_%02d", date.getYear(), date.getMonthValue(), date.getDayOfMonth());
  }

  /** With the digits that names of tables may have, wherever the program runs. */
  private static String words(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private LocalDate first(LocalDate day) {
    return switch (this) {
      case DAILY -> day;
      case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTHLY -> day.withDayOfMonth(1);
      case YEARLY -> day.withDayOfYear(1);
    };
  }

  private LocalDate next(LocalDate first) {
    return switch (this) {
      case DAILY -> first.plusDays(1);
      case WEEKLY -> first.plusWeeks(1);
      case MONTHLY -> first.plusMonths(1);
      case YEARLY -> first.plusYears(1);
    };
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
