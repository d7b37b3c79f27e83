package io.generalbots.operator.external;

import io.generalbots.operator.kernel.Unfinished;
import io.vertx.sqlclient.DatabaseException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The way to one server: who may go to it now, and whether it answered the last one. */
final class Door {

  /** More would only wait for each other in the server, which makes databases one at a time. */
  static final int WIDTH = 4;

  /** More would only keep threads that others could use. */
  static final int QUEUE = 8;

  /** A server that refuses does so at once: who waited for longer and got nothing got no answer. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private final String server;
  private final Duration rest;
  private final LongSupplier nanos;
  private final Semaphore places = new Semaphore(WIDTH, true);
  private final AtomicBoolean tried = new AtomicBoolean();
  private final AtomicReference<@Nullable Silence> silence = new AtomicReference<>();

  /**
   * Since when it does not answer, and what whoever asks is told.
   *
   * @param waits whether that is no fault of the server, as far as who asked could tell
   */
  private record Silence(long since, boolean waits) {

    RuntimeException told(String server) {
      return waits ? new Unfinished(words(server)) : new StepFailure(words(server));
    }

    /** The same to who has just found out. */
    RuntimeException told(String server, RuntimeException cause) {
      return waits ? new Unfinished(words(server)) : new StepFailure(words(server), cause);
    }

    private static String words(String server) {
      return server + " does not answer";
    }
  }

  /**
   * The way to a server that is taken to answer.
   *
   * @param rest how long nobody tries once it did not
   */
  Door(String server, Duration rest, LongSupplier nanos) {
    this.server = server;
    this.rest = rest;
    this.nanos = nanos;
  }

  void pass(Duration patience, Runnable work) {
    var silent = silence.get();
    if (silent == null) {
      queue(patience, work);
    } else if (nanos.getAsLong() - silent.since() > rest.toNanos()
        && tried.compareAndSet(false, true)) {
      attempt(work, () -> tried.set(false));
    } else {
      throw silent.told(server);
    }
  }

  private void queue(Duration patience, Runnable work) {
    if (places.getQueueLength() >= QUEUE || !isLetIn(patience)) {
      throw new Unfinished("waits for its turn at " + server);
    }
    attempt(work, places::release);
  }

  private void attempt(Runnable work, Runnable leave) {
    var began = nanos.getAsLong();
    try {
      work.run();
      silence.set(null);
    } catch (RuntimeException e) {
      throw heard(e, nanos.getAsLong() - began);
    } finally {
      leave.run();
    }
  }

  /** What is under way has no cause; of whatever else took its time only a refusal is an answer. */
  private RuntimeException heard(RuntimeException failure, long took) {
    var waits = failure instanceof Unfinished;
    if (took < SLOW.toNanos() || isAnswer(failure)) {
      silence.set(null);
      return failure;
    }
    var silent = new Silence(nanos.getAsLong(), waits);
    silence.set(silent);
    return silent.told(server, failure);
  }

  private static boolean isAnswer(RuntimeException failure) {
    return (failure instanceof Unfinished && failure.getCause() == null)
        || Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
            .anyMatch(
                cause ->
                    cause instanceof DatabaseException || cause instanceof AwsServiceException);
  }

  private boolean isLetIn(Duration patience) {
    try {
      return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
