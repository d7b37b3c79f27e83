package io.generalbots.operator.config;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Keys of a file, which may hold anything, and which known ones they are like. */
final class Named {

  private static final int LONGEST = 60;

  /** As many slips of the keyboard as are still one. */
  private static final int SLIPS = 2;

  private Named() {}

  /** The key, safe within a line of a terminal or of a YAML comment. */
  static String of(String key) {
    var safe = key.replaceAll("[^\\x20-\\x7e]", "?");
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "..." : safe;
  }

  /** A known key that was probably meant. */
  static Optional<String> meant(String key) {
    var typed = key.toLowerCase(Locale.ROOT).replace('_', '-');
    return ConfigKeys.all().stream()
        .map(ConfigKey::name)
        .filter(name -> distance(name, typed) <= SLIPS)
        .min(Comparator.comparingInt(name -> distance(name, typed)));
  }

  /** Letters to add, drop or replace to come from one word to the other. */
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (var i = 0; i <= other.length(); i++) {
      row[i] = i;
    }
    for (var i = 1; i <= one.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= other.length(); j++) {
        var replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
