package io.generalbots.edge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.generalbots.edge.Laws;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Parameters of a URI. */
class QueryTest {

  @Test
  void aParameterIsFoundWhereverItStands() {
    assertThat(Query.ofUri("/a/b?x=1&y=2&x=3#x=4").values("x")).containsExactly("1", "3");
    assertThat(Query.ofUri("?x").values("x")).containsExactly("");
    assertThat(Query.ofUri("?x=a=b").values("x")).containsExactly("a=b");
    assertThat(Query.ofUri("?%78=1&+x=2").values("x")).containsExactly("1");
    assertThat(Query.ofUri("/x=1").values("x")).isEmpty();
    assertThat(Query.ofUri("/#?x=1").values("x")).isEmpty();
    assertThat(Query.ofUri("").values("x")).isEmpty();
    assertThat(Query.ofUri("?xx=1&X=2&=3&&").values("x")).isEmpty();
  }

  @Test
  void anyTextIsReadAsItWasWritten() {
    Laws.hold(
        5_000,
        random -> {
          var letters = random.ints(random.nextInt(20), 0, 0x11000).filter(c -> !isHalf(c));
          var text =
              letters.collect(
                  StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
          var written = URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
          assertThat(Query.ofUri("/?a=%zz&x=" + written + "&b").values("x"))
              .containsExactly(text.toString());
        });
  }

  @Test
  void bytesAsTheyAreAreTextToo() {
    var octets = new String("Zoë".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(Query.ofUri("/?x=" + octets).values("x")).containsExactly("Zoë");
  }

  @Test
  void whatIsNoTextIsRefusedAndNotMended() {
    for (var bad :
        new String[] {"%", "%4", "%zz", "%ff", "%c3", "%ed%a0%80", "\u20ac", "%\u0661\u0661"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Query.ofUri("/?x=" + bad).values("x"));
    }
  }

  /** Whatever comes, it is text or a refusal, and nothing else. */
  @Test
  void noUriBreaksIt() {
    Laws.hold(
        50_000,
        random -> {
          var uri = new StringBuilder("/?");
          random
              .ints(random.nextInt(40), 0, 300)
              .forEach(c -> uri.append(c < 200 ? "x=&%?#4cf+".charAt(c % 10) : (char) c));
          try {
            assertThat(Query.ofUri(uri.toString()).values("x")).doesNotContainNull();
          } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith("it ");
          }
        });
  }

  private static boolean isHalf(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
