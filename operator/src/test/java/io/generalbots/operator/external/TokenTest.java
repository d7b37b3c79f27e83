package io.generalbots.operator.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens, as anybody else would sign them. */
class TokenTest {

  /** The example of RFC 7515 has other claims: this one was signed by {@code openssl dgst}. */
  @Test
  void itIsSignedAsOthersSignIt() {
    assertThat(new Token(Map.of("iss", "t-acme-a")).signed("password-of-acme"))
        .isEqualTo(
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJ0LWFjbWUtYSJ9.PKXg3MWEUpfZ2wfGfN6TL2nzrp8aNy27UHq_xZmVWBI");
  }

  @Test
  void anotherSecretIsAnotherToken() {
    var token = new Token(Map.of("iss", "t-acme-a"));
    assertThat(token.signed("one")).isNotEqualTo(token.signed("other"));
  }
}
