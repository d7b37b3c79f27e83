package io.generalbots.operator.config;

import java.util.Locale;

/**
 * Something to say about a config.csv. No remark repeats a value, as it may be secret.
 *
 * @param weight how grave it is
 * @param line where, from 1; 0 for the whole file
 * @param text a sentence
 */
public record Remark(Weight weight, int line, String text) {

  /** What follows from a remark. */
  public enum Weight {
    /** There is no manifest. */
    ERROR,
    /** Something of the file is not in the manifest. */
    WARNING,
    /** Something is in the manifest that the file does not say. */
    NOTE
  }

  /** As one line for people. */
  @Override
  public String toString() {
    var place = line == 0 ? "" : "line " + line + ": ";
    return weight.name().toLowerCase(Locale.ROOT) + ": " + place + text;
  }
}
