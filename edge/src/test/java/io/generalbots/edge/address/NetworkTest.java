package io.generalbots.edge.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.generalbots.edge.Laws;
import java.math.BigInteger;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a network. */
class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.42.7.1/16, 10.42.255.1, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 255.1.2.3, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 192.0.2.1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "2001:db8::/33, 2001:db8:8000::, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true"
  })
  void anAddressIsInItOrNot(String network, String address, boolean isIn) {
    assertThat(Network.parse(network).contains(Literal.of(address).orElseThrow())).isEqualTo(isIn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10.0.0.0/-1",
        "x/8",
        "/8",
        "1.2.3.4/8/8"
      })
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text));
  }

  @Test
  void itHasWhatBeginsAlike() {
    Laws.hold(
        20_000,
        random -> {
          var base = LiteralTest.random(random);
          var bits = base.getAddress().length * 8;
          var length = random.nextInt(bits + 1);
          var other = flipped(base, random.nextInt(bits));
          var isAlike = prefix(base, length).equals(prefix(other, length));
          assertThat(new Network(base, length).contains(other)).isEqualTo(isAlike);
          assertThat(new Network(base, length).contains(base)).isTrue();
        });
  }

  private static InetAddress flipped(InetAddress address, int bit) {
    var bytes = address.getAddress();
    bytes[bit / 8] ^= (byte) (0x80 >> (bit % 8));
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("it is an address still", e);
    }
  }

  private static BigInteger prefix(InetAddress address, int length) {
    var bytes = address.getAddress();
    return new BigInteger(1, bytes).shiftRight(bytes.length * 8 - length);
  }
}
