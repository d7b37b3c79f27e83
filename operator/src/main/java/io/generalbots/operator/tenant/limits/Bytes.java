package io.generalbots.operator.tenant.limits;

import java.util.List;
import java.util.Locale;

/** Sizes as people write them in a manifest. */
final class Bytes {

  private static final List<String> UNITS = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi");
  private static final int STEP = 1024;

  private Bytes() {}

  /** One digit after the point, unless it says nothing: {@code 1.2Gi}, {@code 10Gi}. */
  static String text(long bytes) {
    var size = (double) bytes;
    var unit = 0;
    while (size >= STEP && unit < UNITS.size() - 1) {
      size /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f", size).replace(".0", "") + UNITS.get(unit);
  }
}
