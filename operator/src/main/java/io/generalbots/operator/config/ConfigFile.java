package io.generalbots.operator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The lines of a config.csv as botserver reads them: the key before the first comma, the value
 * behind it. Cells may be quoted, as spreadsheets do.
 *
 * @param lines those that set something, in order
 * @param remarks what is wrong with the others
 */
record ConfigFile(List<Line> lines, List<Remark> remarks) {

  private static final Set<String> HEADERS = Set.of("name", "key");

  ConfigFile {
    lines = List.copyOf(lines);
    remarks = List.copyOf(remarks);
  }

  /**
   * A setting.
   *
   * @param number where it is, from 1
   */
  record Line(int number, String key, String value) {}

  static ConfigFile read(String text) {
    var lines = new ArrayList<Line>();
    var remarks = new ArrayList<Remark>();
    var number = 0;
    for (var raw : text.replaceFirst("^\uFEFF", "").lines().toList()) {
      number++;
      var line = raw.strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        read(number, line, lines, remarks);
      }
    }
    return new ConfigFile(lines, remarks);
  }

  private static void read(int number, String line, List<Line> lines, List<Remark> remarks) {
    var cells = new Cells(line);
    var parts = cells.read();
    if (!cells.isWhole()) {
      remarks.add(error(number, "a quote is not closed, or something stands behind a closed one"));
    } else if (parts.size() < 2) {
      remarks.add(error(number, "there is no comma: write key,value"));
    } else if (parts.get(0).isEmpty()) {
      remarks.add(error(number, "there is no key before the comma"));
    } else if (!isHeader(parts, lines)) {
      lines.add(new Line(number, parts.get(0), value(parts)));
    }
  }

  private static boolean isHeader(List<String> parts, List<Line> before) {
    return before.isEmpty() && HEADERS.contains(parts.get(0)) && "value".equals(value(parts));
  }

  /** Spreadsheets fill rows up with empty cells. */
  private static String value(List<String> parts) {
    return String.join(",", parts.subList(1, parts.size())).replaceFirst(",+$", "");
  }

  private static Remark error(int number, String text) {
    return new Remark(Remark.Weight.ERROR, number, text);
  }
}
