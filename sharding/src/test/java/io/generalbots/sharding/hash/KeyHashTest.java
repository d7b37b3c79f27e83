package io.generalbots.sharding.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, their canonical text and their hash. */
class KeyHashTest {

  /** The first 16 digits of SHA-256 as FIPS 180-4's examples give them. */
  @ParameterizedTest
  @CsvSource({
    "'', e3b0c44298fc1c14",
    "abc, ba7816bf8f01cfea",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq, 248d6a61d20638b8"
  })
  void aHashIsTheBeginningOfSha256(String key, String digits) {
    assertThat(KeyHash.of(key)).isEqualTo(Long.parseUnsignedLong(digits, 16));
  }

  @Test
  void composedAndDecomposedLettersAreDifferentKeys() {
    assertThat(KeyHash.of("Zo\u00eb")).isNotEqualTo(KeyHash.of("Zoe\u0308"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\udc4b", "a\udc4b\ud83db"})
  void halfASurrogatePairIsNoKey(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyHash.of(key))
        .withMessageContaining("surrogate");
  }

  @ParameterizedTest
  @CsvSource({
    "UUID, 8E619972-B2F5-4002-BAD8-59B1F86EB54D, 8e619972-b2f5-4002-bad8-59b1f86eb54d",
    "UUID, 8e619972-b2f5-4002-bad8-59b1f86eb54d, 8e619972-b2f5-4002-bad8-59b1f86eb54d",
    "INTEGER, 007, 7",
    "INTEGER, +7, 7",
    "INTEGER, -0, 0",
    "INTEGER, -9223372036854775808, -9223372036854775808",
    "TEXT, ' Ab ', ' Ab '"
  })
  void oneKeyHasOneText(KeyType type, String spelt, String canonical) {
    assertThat(type.canonical(spelt)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "UUID, 8e619972b2f54002bad859b1f86eb54d",
    "UUID, {8e619972-b2f5-4002-bad8-59b1f86eb54d}",
    "UUID, 8e619972-b2f5-4002-bad8-59b1f86eb54g",
    "INTEGER, 1.0",
    "INTEGER, ''",
    "INTEGER, ' 1'",
    "INTEGER, \u0661"
  })
  void whatIsNoKeyOfItsTypeIsRefused(KeyType type, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> type.canonical(text))
        .withMessageContaining("is no");
  }
}
