package io.generalbots.operator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EchoesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final Echoes echoes = new Echoes();

  @Test
  void theSameIsSaidOnceInAMoment() {
    assertThat(echoes.isOne("Ready of a", NOW)).isFalse();
    assertThat(echoes.isOne("Ready of a", NOW.plusMillis(30))).isTrue();
    assertThat(echoes.isOne("Ready of b", NOW.plusMillis(30))).isFalse();
  }

  @Test
  void theSameIsSaidAgainLater() {
    assertThat(echoes.isOne("Ready of a", NOW)).isFalse();
    assertThat(echoes.isOne("Ready of a", NOW.plusSeconds(4))).isFalse();
  }
}
