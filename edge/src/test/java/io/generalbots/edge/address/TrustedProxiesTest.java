package io.generalbots.edge.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.edge.Laws;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whose address is believed. */
class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      new TrustedProxies(Stream.of("10.0.0.0/8", "fd00::/8").map(Network::parse).toList());

  @Test
  void whoIsNoProxySpeaksForItselfAlone() {
    assertThat(client("203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
    assertThat(client("203.0.113.9", "10.0.0.1, 10.0.0.2")).isEqualTo("203.0.113.9");
  }

  @Test
  void aProxySpeaksForItsClient() {
    assertThat(client("10.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
    assertThat(client("fd00::1", "2001:db8::7")).isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(client("::ffff:10.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
  }

  @Test
  void whatAClientWroteItselfStandsFurtherLeftAndIsNotRead() {
    assertThat(client("10.0.0.1", "192.0.2.66, 198.51.100.1")).isEqualTo("198.51.100.1");
    assertThat(client("10.0.0.1", "192.0.2.66, 198.51.100.1, 10.0.0.2")).isEqualTo("198.51.100.1");
    assertThat(client("10.0.0.1", "10.9.9.9, 198.51.100.1")).isEqualTo("198.51.100.1");
  }

  @Test
  void severalHeadersAreOne() {
    assertThat(client("10.0.0.1", "192.0.2.66", "198.51.100.1, 10.0.0.2"))
        .isEqualTo("198.51.100.1");
    assertThat(client("10.0.0.1", "198.51.100.1", "10.0.0.2")).isEqualTo("198.51.100.1");
  }

  @Test
  void aProxyWithoutAHeaderIsTheClient() {
    assertThat(client("10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(client("10.0.0.1", "")).isEqualTo("10.0.0.1");
  }

  @Test
  void withProxiesAloneTheFarthestIsTheClient() {
    assertThat(client("10.0.0.1", "10.0.0.3, 10.0.0.2")).isEqualTo("10.0.0.3");
  }

  @Test
  void nothingBehindGarbageIsBelieved() {
    for (var garbage :
        List.of("unknown", "", "1.2.3", "evil\r\nX: 1", "1.2.3.4%0", "localhost", "127.1")) {
      assertThat(client("10.0.0.1", "198.51.100.1, " + garbage)).isEqualTo("10.0.0.1");
      assertThat(client("10.0.0.1", "198.51.100.1, " + garbage + ", 10.0.0.2"))
          .isEqualTo("10.0.0.2");
    }
  }

  @Test
  void withoutTrustedProxiesNobodyIsBelieved() {
    var nobody = new TrustedProxies(List.of());
    assertThat(nobody.client(address("10.0.0.1"), List.of("198.51.100.1")))
        .isEqualTo(address("10.0.0.1"));
  }

  /** Whatever a client sends, behind the proxies that are really there it is who it is. */
  @Test
  void noHeaderOfAClientChangesItsAddress() {
    Laws.hold(
        20_000,
        random -> {
          var client = outside(random);
          var forged =
              random.ints(random.nextInt(60), 0, 128).mapToObj(c -> String.valueOf((char) c));
          var hops = new ArrayList<>(List.of(String.join("", forged.toList())));
          hops.add(
              random.nextBoolean() ? "10.66.6.6" : LiteralTest.random(random).getHostAddress());
          hops.add(client.getHostAddress());
          random.ints(random.nextInt(3), 0, 256).forEach(n -> hops.add("10.0.0." + n));
          var header = List.of(String.join(random.nextBoolean() ? "," : " , ", hops));
          assertThat(PROXIES.client(address("10.0.0.1"), header)).isEqualTo(client);
        });
  }

  private static InetAddress outside(java.util.Random random) {
    return Stream.generate(() -> LiteralTest.random(random))
        .filter(address -> !PROXIES.trust(address))
        .findFirst()
        .orElseThrow();
  }

  private static String client(String peer, String... forwarded) {
    return PROXIES.client(address(peer), List.of(forwarded)).getHostAddress();
  }

  private static InetAddress address(String text) {
    return Literal.of(text).orElseThrow();
  }
}
