package io.generalbots.operator.cluster.media;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into words as a shell does: by blanks, with quotes and backslashes. Nothing else of
 * a shell is in it, since no shell ever sees the text.
 */
final class Words {

  private static final char SINGLE = '\'';
  private static final char DOUBLE = '"';
  private static final char ESCAPE = '\\';
  private static final char LINE_END = '\n';

  /** What a backslash takes its meaning from between double quotes; others keep it. */
  private static final String ESCAPED_IN_QUOTES = "\"\\$`";

  private final String text;
  private int at;

  private Words(String text) {
    this.text = text;
  }

  /** The words of a text. */
  static List<Word> of(String text) throws Malformed {
    return new Words(text).all();
  }

  /** One word that means this text, whatever is in it. */
  static String quoted(String text) {
    return SINGLE + text.replace("'", "'\\''") + SINGLE;
  }

  private List<Word> all() throws Malformed {
    var words = new ArrayList<Word>();
    skipBlanks();
    while (at < text.length()) {
      words.add(word());
      skipBlanks();
    }
    return words;
  }

  private void skipBlanks() {
    while (at < text.length() && (isBlank(text.charAt(at)) || continues())) {
      at += continues() ? 2 : 1;
    }
  }

  /** A line that goes on in the next one, as in what is copied from a shell. */
  private boolean continues() {
    return text.startsWith("\\\n", at);
  }

  private Word word() throws Malformed {
    var start = at;
    var word = new StringBuilder();
    while (at < text.length() && !isBlank(text.charAt(at))) {
      piece(word);
    }
    return new Word(word.toString(), start + 1);
  }

  private void piece(StringBuilder word) throws Malformed {
    switch (text.charAt(at)) {
      case SINGLE -> literal(word);
      case DOUBLE -> quoted(word);
      case ESCAPE -> escaped(word);
      default -> word.append(text.charAt(at++));
    }
  }

  private void literal(StringBuilder word) throws Malformed {
    var end = text.indexOf(SINGLE, at + 1);
    if (end < 0) {
      throw unclosed(at);
    }
    word.append(text, at + 1, end);
    at = end + 1;
  }

  private void quoted(StringBuilder word) throws Malformed {
    var start = at++;
    while (at < text.length() && text.charAt(at) != DOUBLE) {
      if (text.charAt(at) == ESCAPE && at + 1 < text.length()) {
        escapedInQuotes(word);
      } else {
        word.append(text.charAt(at++));
      }
    }
    if (at == text.length()) {
      throw unclosed(start);
    }
    at++;
  }

  private void escapedInQuotes(StringBuilder word) {
    var next = text.charAt(at + 1);
    if (ESCAPED_IN_QUOTES.indexOf(next) >= 0) {
      word.append(next);
    } else if (next != LINE_END) {
      word.append(ESCAPE).append(next);
    }
    at += 2;
  }

  private void escaped(StringBuilder word) throws Malformed {
    if (at + 1 == text.length()) {
      throw new Malformed("the backslash at its end has nothing to stand before: remove it");
    }
    if (!continues()) {
      word.append(text.charAt(at + 1));
    }
    at += 2;
  }

  private Malformed unclosed(int start) {
    return new Malformed(
        "the quote %s at character %d is never closed".formatted(text.charAt(start), start + 1));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == LINE_END || c == '\r';
  }
}
