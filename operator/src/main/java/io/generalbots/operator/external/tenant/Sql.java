package io.generalbots.operator.external.tenant;

import java.util.List;
import java.util.stream.Collectors;

/** Writes names and texts into statements, whatever is in them. */
final class Sql {

  private Sql() {}

  /** A name as it is, dashes and capitals included. */
  static String name(String name) {
    return '"' + checked(name).replace("\"", "\"\"") + '"';
  }

  /** Names as a list of them. */
  static String names(List<String> names) {
    return names.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /** A text; backslashes mean nothing in it, which the session sees to. */
  static String text(String text) {
    return "'" + checked(text).replace("'", "''") + "'";
  }

  private static String checked(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no name or text of PostgreSQL has a NUL in it");
    }
    return text;
  }
}
