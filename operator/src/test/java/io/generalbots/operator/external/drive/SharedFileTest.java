package io.generalbots.operator.external.drive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of others stay, whatever they are. */
class SharedFileTest {

  private static final SharedFile FILE = new SharedFile("BotCluster demo");

  @Test
  void theFirstTimeTheLinesComeBeforeAllOthers() {
    assertThat(FILE.with("a,1\n", "mine,2\n"))
        .isEqualTo(
            """
            # BEGIN BotCluster demo: written by its operator; lines outside of these marks are yours
            a,1
            # END BotCluster demo
            mine,2
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mine,2\n", "mine,2\r\n\r\nno end", "\u00ff\u0000\n"})
  void whatIsAroundThemStays(String mine) {
    var first = FILE.with("a,1\n", mine);
    assertThat(first).endsWith(mine);
    var moved = "before,1\n" + first;
    assertThat(FILE.with("b,2\n", moved)).isEqualTo(moved.replace("a,1\n", "b,2\n"));
  }

  @Test
  void theSameLinesAgainChangeNothing() {
    var once = FILE.with("a,1\n", "mine,2\n");
    assertThat(FILE.with("a,1\n", once)).isEqualTo(once);
  }

  @Test
  void theyAreFoundWhateverAnEditorMakesOfTheLastLine() {
    var written = FILE.with("a,1\n", "").strip();
    assertThat(FILE.with("b,2\n", written)).isEqualTo(written.replace("a,1", "b,2"));
  }

  @Test
  void anEndThatSomebodyTookAwayTakesNothingWithIt() {
    var broken = FILE.with("a,1\n", "mine,2\n").replace("# END BotCluster demo\n", "");
    var mended = FILE.with("b,2\n", broken);
    assertThat(mended).contains("b,2\n").endsWith("a,1\nmine,2\n").containsOnlyOnce("# BEGIN");
    assertThat(FILE.with("b,2\n", mended)).isEqualTo(mended);
  }

  @Test
  void aBeginningThatSomebodyTookAwayTakesNothingWithIt() {
    var whole = FILE.with("a,1\n", "mine,2\n");
    var broken = whole.substring(whole.indexOf('\n') + 1);
    assertThat(FILE.with("b,2\n", broken)).endsWith("a,1\nmine,2\n").containsOnlyOnce("# END");
  }
}
