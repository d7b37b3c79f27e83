package io.generalbots.edge.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.edge.Laws;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an address and what is none. */
class LiteralTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::, 0:0:0:0:0:0:0:0",
    "::1, 0:0:0:0:0:0:0:1",
    "1::, 1:0:0:0:0:0:0:0",
    "2001:DB8::a:1, 2001:db8:0:0:0:0:a:1",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:5:6:c000:201",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::ffff:c000:201, 192.0.2.1",
    "0000:0000:0000:0000:0000:ffff:255.255.255.255, 255.255.255.255"
  })
  void anAddressIsReadAsItIsMeant(String written, String meant) {
    assertThat(Literal.of(written).map(InetAddress::getHostAddress)).hasValue(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "example.com",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "0x1.2.3.4",
        "1.2.3.-4",
        "1.2.3.4 ",
        "1.2.3.4\r\n",
        "1..3.4",
        "١.2.3.4",
        ":",
        ":::",
        "::1::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "12345::",
        "g::",
        "fe80::1%eth0",
        "[::1]",
        "::1/64",
        "1.2.3.4::",
        "::1.2.3",
        "1:2:3:4:5:6:7:1.2.3.4",
        "+1::",
        "unknown",
        "_hidden",
        "1.2.3.4:80",
        "::ffff:1.2.3.04"
      })
  void nothingElseIsAnAddress(String text) {
    assertThat(Literal.of(text)).isEmpty();
  }

  @Test
  void everyAddressIsReadAsJavaWritesIt() {
    Laws.hold(
        20_000,
        random -> {
          var address = random(random);
          assertThat(Literal.of(address.getHostAddress())).hasValue(address);
        });
  }

  /** What is accepted is what Java, which never asks a name server for these, reads as the same. */
  @Test
  void whatLooksLikeOneIsReadAsJavaReadsIt() {
    Laws.hold(
        50_000,
        random -> {
          var text = mangled(random(random).getHostAddress(), random);
          Literal.of(text).ifPresent(ours -> assertThat(ours).isEqualTo(byJava(text)));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1:443, true",
    "[::1]:443, true",
    "[::1], true",
    "::1, true",
    "192.0.2.1, true"
  })
  void aPortMayFollow(String text, boolean isOne) {
    assertThat(Literal.withPort(text).isPresent()).isEqualTo(isOne);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[192.0.2.1]:1",
        "192.0.2.1:",
        "192.0.2.1:123456",
        "[::1]:x",
        "[::1",
        "::1]:1",
        ":1"
      })
  void onlyAPortMayFollow(String text) {
    assertThat(Literal.withPort(text)).isEmpty();
  }

  static InetAddress random(Random random) {
    var bytes = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(bytes);
    // Many zeros, as real ones have.
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = random.nextInt(3) == 0 ? bytes[i] : 0;
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("these are addresses", e);
    }
  }

  private static String mangled(String text, Random random) {
    var mangled = new StringBuilder(text);
    for (var change = random.nextInt(4); change > 0; change--) {
      var letter = "0123456789abcdef:.".charAt(random.nextInt(18));
      var at = random.nextInt(mangled.length() + 1);
      if (random.nextBoolean() || at == mangled.length()) {
        mangled.insert(at, letter);
      } else {
        mangled.deleteCharAt(at);
      }
    }
    return mangled.toString();
  }

  private static InetAddress byJava(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError("Java does not take it for an address: " + text, e);
    }
  }
}
