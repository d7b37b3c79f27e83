package io.generalbots.operator.external.drive;

import java.util.stream.Stream;

/**
 * A text file of which some lines are the operator's, between two marks, and all others somebody
 * else's. Those stay as they are, byte by byte, in whatever encoding they came.
 *
 * @param owner what the marks name, for people
 */
record SharedFile(String owner) {

  /** The file with these lines between the marks; before all others if there were none yet. */
  String with(String lines, String file) {
    var begin = file.indexOf(begin());
    var end = file.indexOf(end(), Math.max(begin, 0));
    return begin < 0 || end < 0
        ? block(lines) + "\n" + withoutMarks(file)
        : file.substring(0, begin) + block(lines) + file.substring(end + end().length());
  }

  private String block(String lines) {
    return begin() + "\n" + lines + end();
  }

  /** Half a pair of marks says nothing of what lies beside it. */
  private String withoutMarks(String file) {
    return Stream.of(begin() + "\n", end() + "\n", begin(), end())
        .reduce(file, (rest, mark) -> rest.replace(mark, ""));
  }

  private String begin() {
    return "# BEGIN %s: written by its operator; lines outside of these marks are yours"
        .formatted(owner);
  }

  private String end() {
    return "# END %s".formatted(owner);
  }
}
