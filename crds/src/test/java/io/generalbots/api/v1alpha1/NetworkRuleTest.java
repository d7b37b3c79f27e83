package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.api.v1alpha1.schema.Rules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is let in as a network has to be one for the router too, or it would not start. */
class NetworkRuleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.42.0.0/16",
        "0.0.0.0/0",
        "255.255.255.255/32",
        "::/0",
        "::1/128",
        "fd00::/8",
        "2001:db8::1:0/112",
        "1:2:3:4:5:6:7:8/64",
        "1:2:3:4:5:6:7::/99",
        "::2:3:4:5:6:7:8/100"
      })
  void networksAreLetIn(String text) {
    assertThat(text).matches(Rules.NETWORK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.42.0.0",
        "10.42.0.0/33",
        "10.42.0/16",
        "10.42.0.256/16",
        "010.42.0.0/16",
        "10.42.0.0/08",
        "10.42.0.0/16,0.0.0.0/0",
        "$" + "{SECRET}/8",
        ":::/8",
        "1::2::3/8",
        "1:2:3:4:5:6:7/64",
        "1:2:3:4:5:6:7:8:9/64",
        "fd00::/129",
        "fd00::g/8",
        "proxy.example.com/8"
      })
  void allElseIsRefused(String text) {
    assertThat(text).doesNotMatch(Rules.NETWORK);
  }
}
