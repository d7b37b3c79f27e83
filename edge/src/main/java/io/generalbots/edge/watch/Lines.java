package io.generalbots.edge.watch;

/** Text of others in a log. */
public final class Lines {

  private static final int LONGEST = 300;

  private Lines() {}

  /** On one line, and not too long. */
  public static String oneLine(String text) {
    var cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return cut.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
  }
}
