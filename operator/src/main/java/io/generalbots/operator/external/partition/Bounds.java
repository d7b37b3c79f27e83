package io.generalbots.operator.external.partition;

import io.generalbots.sharding.time.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how PostgreSQL writes bounds in a session in UTC with dates of ISO 8601. */
final class Bounds {

  private static final Pattern RANGE =
      Pattern.compile("FOR VALUES FROM \\((MINVALUE|'([^']*)')\\) TO \\((MAXVALUE|'([^']*)')\\)");

  private static final Pattern MOMENT = Pattern.compile("'([^']+)'");

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd[ HH:mm:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[x]")
          .toFormatter(Locale.ROOT);

  private Bounds() {}

  /** The span of a partition; none of one that has no such, as that of all others. */
  static Optional<Span> span(String bound) {
    var range = RANGE.matcher(bound);
    return range.matches()
        ? Optional.of(
            new Span(
                Optional.ofNullable(range.group(2)).map(Bounds::moment).orElse(Instant.MIN),
                Optional.ofNullable(range.group(4)).map(Bounds::moment).orElse(Instant.MAX)))
        : Optional.empty();
  }

  /** The first moment that a check of ours refuses. */
  static Optional<Instant> limit(String check) {
    var moment = MOMENT.matcher(check);
    return moment.find() ? Optional.of(moment(moment.group(1))) : Optional.empty();
  }

  private static Instant moment(String text) {
    var read = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    if (read instanceof OffsetDateTime time) {
      return time.toInstant();
    } else if (read instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC);
    }
    return LocalDate.from(read).atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
