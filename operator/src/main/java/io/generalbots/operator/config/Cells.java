package io.generalbots.operator.config;

import java.util.ArrayList;
import java.util.List;

/** The cells of one line, by RFC 4180 and without the spaces around them. */
final class Cells {

  private static final char QUOTE = '"';

  private final String line;
  private int at;
  private boolean whole = true;

  Cells(String line) {
    this.line = line;
  }

  List<String> read() {
    var cells = new ArrayList<String>();
    do {
      skipSpaces();
      cells.add(isAt(QUOTE) ? quoted() : plain());
    } while (at++ < line.length());
    return cells;
  }

  /** Whether every quote was closed, and nothing stood behind it. */
  boolean isWhole() {
    return whole;
  }

  private String plain() {
    var end = line.indexOf(',', at);
    var cell = line.substring(at, end < 0 ? line.length() : end);
    at += cell.length();
    return cell.strip();
  }

  private String quoted() {
    var cell = new StringBuilder();
    var open = true;
    for (at++; open && at < line.length(); at++) {
      if (!isAt(QUOTE)) {
        cell.append(line.charAt(at));
      } else if (at + 1 < line.length() && line.charAt(at + 1) == QUOTE) {
        cell.append(line.charAt(at++));
      } else {
        open = false;
      }
    }
    whole = whole && !open && plain().isEmpty();
    return cell.toString().strip();
  }

  private boolean isAt(char wanted) {
    return at < line.length() && line.charAt(at) == wanted;
  }

  private void skipSpaces() {
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
  }
}
