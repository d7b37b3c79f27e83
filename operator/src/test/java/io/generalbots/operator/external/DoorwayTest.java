package io.generalbots.operator.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.generalbots.operator.kernel.Unfinished;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DoorwayTest {

  private static final Duration SOON = Duration.ofMillis(10);

  private final AtomicLong clock = new AtomicLong();
  private final Doorway doorway = new Doorway(SOON, clock::get);

  @Test
  void whoFindsNoPlaceComesAgain() throws InterruptedException {
    var within = new CountDownLatch(Door.WIDTH);
    var end = new CountDownLatch(1);
    var threads = Executors.newFixedThreadPool(Door.WIDTH);
    for (var i = 0; i < Door.WIDTH; i++) {
      threads.execute(() -> doorway.pass("one", () -> stay(within, end)));
    }
    within.await();

    assertThatThrownBy(() -> doorway.pass("one", () -> {}))
        .isInstanceOf(Unfinished.class)
        .hasMessageContaining("turn");
    var done = new AtomicBoolean();
    doorway.pass("another", () -> done.set(true));
    assertThat(done).isTrue();

    end.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    doorway.pass("one", () -> {});
  }

  @Test
  void workThatFailsLeavesItsPlace() {
    for (var i = 0; i <= Door.WIDTH; i++) {
      assertThatThrownBy(() -> fail(Duration.ZERO, new IllegalStateException("broken")))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void ofThoseBeforeAServerThatDoesNotAnswerOneTriesNowAndThen() {
    var slow = new StepFailure("no answer", new IllegalStateException("late"));
    assertThatThrownBy(() -> fail(Duration.ofSeconds(3), slow))
        .isInstanceOf(StepFailure.class)
        .hasMessage("one does not answer");

    var tries = new AtomicInteger();
    for (var i = 0; i < 100; i++) {
      assertThatThrownBy(() -> doorway.pass("one", tries::incrementAndGet))
          .isInstanceOf(StepFailure.class)
          .hasMessage("one does not answer");
    }
    assertThat(tries).hasValue(0);
    doorway.pass("another", tries::incrementAndGet);
    assertThat(tries).hasValue(1);

    pass(Duration.ofSeconds(6));
    assertThatThrownBy(() -> fail(Duration.ofSeconds(3), slow)).isInstanceOf(StepFailure.class);
    assertThatThrownBy(() -> doorway.pass("one", tries::incrementAndGet))
        .isInstanceOf(StepFailure.class);
    pass(Duration.ofSeconds(6));
    doorway.pass("one", tries::incrementAndGet);
    doorway.pass("one", tries::incrementAndGet);
    assertThat(tries).hasValue(3);
  }

  @Test
  void whoTriesForAllIsAlone() {
    assertThatThrownBy(() -> fail(Duration.ofSeconds(3), new StepFailure("no answer")))
        .isInstanceOf(StepFailure.class);
    pass(Duration.ofSeconds(6));
    doorway.pass(
        "one",
        () ->
            assertThatThrownBy(() -> doorway.pass("one", () -> {}))
                .hasMessage("one does not answer"));
  }

  /** For whom a store that is away is no fault, it is none in this way either. */
  @Test
  void whatIsWaitedForIsStillWaitedFor() {
    var late = new Unfinished("not yet", new IllegalStateException("late"));
    assertThatThrownBy(() -> fail(Duration.ofSeconds(3), late))
        .isInstanceOf(Unfinished.class)
        .hasMessage("one does not answer");
    assertThatThrownBy(() -> doorway.pass("one", () -> {})).isInstanceOf(Unfinished.class);
  }

  @Test
  void whatTakesLongAndGoesOnOrIsRefusedAtOnceIsAnAnswer() {
    assertThatThrownBy(() -> fail(Duration.ofSeconds(3), new Unfinished("being emptied")))
        .hasMessage("being emptied");
    assertThatThrownBy(() -> fail(Duration.ZERO, new StepFailure("refused"))).hasMessage("refused");
    var done = new AtomicBoolean();
    doorway.pass("one", () -> done.set(true));
    assertThat(done).isTrue();
  }

  private void fail(Duration after, RuntimeException failure) {
    doorway.pass(
        "one",
        () -> {
          pass(after);
          throw failure;
        });
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private static void stay(CountDownLatch within, CountDownLatch end) {
    within.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
