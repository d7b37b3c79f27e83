package io.generalbots.operator.external;

import java.util.List;
import java.util.stream.Collectors;

/** Writes names and texts into statements, whatever is in them. */
public final class Sql {

  private Sql() {}

  /** A name as it is, dashes and capitals included. */
  public static String name(String name) {
    return '"' + checked(name).replace("\"", "\"\"") + '"';
  }

  /** Names as a list of them. */
  public static String names(List<String> names) {
    return names.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /** A text; backslashes mean nothing in it, which the session sees to. */
  public static String text(String text) {
    return "'" + checked(text).replace("'", "''") + "'";
  }

  private static String checked(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no name or text of PostgreSQL has a NUL in it");
    }
    return text;
  }
}
