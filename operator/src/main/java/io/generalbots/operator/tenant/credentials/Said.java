package io.generalbots.operator.tenant.credentials;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Annotations that anybody may have edited, read with care. */
final class Said {

  private static final String NUMBER = "\\d{1,9}";

  private Said() {}

  static Optional<Integer> number(@Nullable String text) {
    return Optional.ofNullable(text).filter(t -> t.matches(NUMBER)).map(Integer::valueOf);
  }

  static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
