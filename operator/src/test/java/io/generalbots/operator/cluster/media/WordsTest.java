package io.generalbots.operator.cluster.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Texts are split as a shell does it. */
class WordsTest {

  private static final int TEXTS = 2000;
  private static final String LETTERS = "ab!=/ \t\n'\"\\$`()ü%.";

  /** Whatever the words are: quoted and joined by any blanks, they come back as they were. */
  @Test
  void whatIsQuotedComesBackAsItWas() throws Malformed {
    for (var seed = 0; seed < TEXTS; seed++) {
      var random = new Random(seed);
      var words = words(random);
      var text =
          words.stream()
              .map(w -> word(w, random))
              .collect(Collectors.joining(blank(random), blank(random), blank(random)));
      assertThat(texts(text)).as(text).isEqualTo(words);
    }
  }

  /** Either it is refused, or what it means can be said again, and means the same then. */
  @Test
  void anyTextMeansSomethingOrIsRefused() {
    var refused = 0;
    for (var seed = 0; seed < TEXTS; seed++) {
      var text = any(new Random(seed));
      try {
        var words = texts(text);
        var again = words.stream().map(Words::quoted).collect(Collectors.joining(" "));
        assertThat(texts(again)).as(text).isEqualTo(words);
      } catch (Malformed e) {
        refused++;
        assertThat(e).hasMessageMatching("the (quote|backslash) .*");
      }
    }
    assertThat(refused).isBetween(TEXTS / 10, TEXTS * 9 / 10);
  }

  @Test
  void quotesAndBackslashesAreThoseOfAShell() throws Malformed {
    assertThat(texts("a  b\tc\r\nd")).containsExactly("a", "b", "c", "d");
    assertThat(texts("text=\"On air\" x='a \"b\" \\n'"))
        .containsExactly("text=On air", "x=a \"b\" \\n");
    assertThat(texts("\"a \\\" \\\\ \\n \\$b\"")).containsExactly("a \" \\ \\n $b");
    assertThat(texts("a\\ b \\\"c format=\\(string\\)I420"))
        .containsExactly("a b", "\"c", "format=(string)I420");
    assertThat(texts("a'b'\"c\"d ''")).containsExactly("abcd", "");
  }

  @Test
  void linesThatGoOnAreOne() throws Malformed {
    assertThat(texts("a ! \\\n  b\\\nc \"d\\\ne\"")).containsExactly("a", "!", "bc", "de");
  }

  @Test
  void placesAreCountedFromOne() throws Malformed {
    assertThat(Words.of("ab ! 'c d'")).extracting(Word::position).containsExactly(1, 4, 6);
  }

  @Test
  void whatIsNotClosedIsToldWithItsPlace() {
    assertThatThrownBy(() -> Words.of("a 'b")).hasMessageContaining("the quote ' at character 3");
    assertThatThrownBy(() -> Words.of("a=\"b\\\""))
        .hasMessageContaining("the quote \" at character 3");
    assertThatThrownBy(() -> Words.of("a\\")).hasMessageContaining("backslash at its end");
  }

  private static List<String> texts(String text) throws Malformed {
    return Words.of(text).stream().map(Word::text).toList();
  }

  private static List<String> words(Random random) {
    var words = new ArrayList<String>();
    for (var i = random.nextInt(6); i > 0; i--) {
      words.add(any(random));
    }
    return words;
  }

  private static String any(Random random) {
    return random
        .ints(random.nextInt(8), 0, LETTERS.length())
        .mapToObj(i -> LETTERS.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  /** In single quotes, in double quotes, or with a backslash before each letter. */
  private static String word(String text, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Words.quoted(text);
      case 1 -> '"' + text.replaceAll("[\"\\\\$`]", "\\\\$0") + '"';
      default ->
          text.isEmpty() || text.contains("\n")
              ? Words.quoted(text)
              : text.replaceAll("(.)", "\\\\$1");
    };
  }

  private static String blank(Random random) {
    return List.of(" ", "\n", "\t ", " \\\n ", "\r\n").get(random.nextInt(5));
  }
}
