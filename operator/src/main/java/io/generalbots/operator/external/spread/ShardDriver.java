package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Does steps of one type beside the loop, which asks after them now and then: what looks at rows
 * takes as long as there are rows.
 */
final class ShardDriver<S extends ShardStep> implements StepDriver<S> {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** What is done soon is not asked after once more. */
  private static final long SOON_MS = 200;

  /** Does a step, with doors to its namespace. */
  @FunctionalInterface
  interface Work<S> {
    void perform(S step, Doors doors);
  }

  private final Class<S> type;
  private final Shards shards;
  private final Executor beside;
  private final Work<S> work;
  private final Map<String, Underway> underway = new ConcurrentHashMap<>();

  /** What is being done, and for which step. */
  private record Underway(ShardStep step, CompletableFuture<Void> work) {}

  ShardDriver(Class<S> type, Shards shards, Executor beside, Work<S> work) {
    this.type = type;
    this.shards = shards;
    this.beside = beside;
    this.work = work;
  }

  @Override
  public Class<S> type() {
    return type;
  }

  @Override
  public void perform(S step, String namespace) {
    var place = namespace + "/" + step.spread().policy();
    var now = underway.computeIfAbsent(place, p -> new Underway(step, begin(step, namespace)));
    if (!isDone(now.work())) {
      throw new Unfinished(now.step().words());
    }
    underway.remove(place);
    try {
      Waiting.within(LIMIT, step.words(), now.work());
    } catch (StepFailure e) {
      throw said(e);
    }
    if (!now.step().equals(step)) {
      throw new Unfinished(step.words());
    }
  }

  private CompletableFuture<Void> begin(S step, String namespace) {
    var doors = shards.doors(namespace, ShardDrivers.LONG);
    return CompletableFuture.runAsync(() -> work.perform(step, doors), beside);
  }

  private static boolean isDone(CompletableFuture<Void> work) {
    var soon = CompletableFuture.delayedExecutor(SOON_MS, TimeUnit.MILLISECONDS);
    var either = CompletableFuture.anyOf(work, CompletableFuture.runAsync(() -> {}, soon));
    return either.handle((any, failure) -> work.isDone()).join();
  }

  /** That somebody uses a table is no fault, nor that there is more to be done. */
  private static RuntimeException said(StepFailure failure) {
    var more = Trouble.find(failure, Unfinished.class);
    if (more.isPresent()) {
      return more.get();
    } else if (Trouble.isLocked(failure)) {
      return new Unfinished("a table is in use: tried again", failure);
    }
    return failure;
  }
}
