package io.generalbots.operator.external;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers, but not for ever. */
public final class Waiting {

  private Waiting() {}

  /** The answer; fails with what was waited for when it does not come in time. */
  public static <T> T within(Duration limit, String what, Future<T> answer) {
    return within(limit, what, answer.toCompletionStage().toCompletableFuture());
  }

  /** The answer; fails with what was waited for when it does not come in time. */
  public static <T> T within(Duration limit, String what, CompletableFuture<T> answer) {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new StepFailure("%s: no answer within %d ms".formatted(what, limit.toMillis()), e);
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new StepFailure("%s: %s".formatted(what, cause.getMessage()), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailure("%s: the operator is stopping".formatted(what), e);
    }
  }
}
