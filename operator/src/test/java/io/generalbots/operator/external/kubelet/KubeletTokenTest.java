package io.generalbots.operator.external.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A token is shown until two thirds of its ten minutes are over. */
class KubeletTokenTest {

  private Instant now = Instant.EPOCH;

  @Test
  void itIsAskedForAnewWhenMostOfItsTimeIsOver() {
    var count = new AtomicInteger();
    var token = new KubeletToken(() -> "token " + count.incrementAndGet(), clock());
    assertThat(token.get()).isEqualTo("token 1");
    now = now.plus(Duration.ofSeconds(399));
    assertThat(token.get()).isEqualTo("token 1");
    now = now.plus(Duration.ofSeconds(1));
    assertThat(token.get()).isEqualTo("token 2");
    assertThat(token.get()).isEqualTo("token 2");
  }

  @Test
  void oneThatDidNotComeIsAskedForAgain() {
    var count = new AtomicInteger();
    var token =
        new KubeletToken(
            () -> {
              if (count.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
              }
              return "token";
            },
            clock());
    org.assertj.core.api.Assertions.assertThatThrownBy(token::get).hasMessage("not now");
    assertThat(token.get()).isEqualTo("token");
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }
}
