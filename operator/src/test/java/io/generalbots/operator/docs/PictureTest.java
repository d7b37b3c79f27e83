package io.generalbots.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.golden.Case;
import io.generalbots.operator.golden.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture in the README shows what a BotCluster of the smallest manifest consists of. */
class PictureTest {

  private static final Path README = Path.of("..", "README.md");
  private static final String SMALLEST = "minimal";
  private static final Pattern PICTURE =
      Pattern.compile("(?s)(<!-- picture:.*?-->\n).*?(<!-- picture end -->)");

  @Test
  void thePictureIsDrawnFromTheObjects() throws IOException {
    var readme = Files.readString(README);
    var drawn = "```mermaid\n" + new Picture(World.settled(smallest())).mermaid() + "```\n";
    var wanted =
        PICTURE.matcher(readme).replaceFirst("$1" + Matcher.quoteReplacement(drawn) + "$2");
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(README, wanted);
    }
    assertThat(Files.readString(README)).isEqualTo(wanted).contains(drawn);
  }

  private static Case smallest() {
    return Case.all().stream().filter(c -> SMALLEST.equals(c.toString())).findFirst().orElseThrow();
  }
}
