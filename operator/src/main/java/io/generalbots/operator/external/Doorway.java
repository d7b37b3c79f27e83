package io.generalbots.operator.external;

import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Lets a few work at one server at the same time: a hundred Tenants that come at once are done
 * sooner one after the other. Of those before a server that does not answer one tries now and then,
 * for all of them, and the threads are left to those who have to do with others.
 */
public final class Doorway {

  /** How long one waits for others before it comes again. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How long nobody tries a server that did not answer. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final Duration patience;
  private final LongSupplier nanos;
  private final Map<String, Door> doors = new ConcurrentHashMap<>();

  public Doorway() {
    this(PATIENCE, System::nanoTime);
  }

  /**
   * A doorway where nobody stands for longer.
   *
   * @param patience after which one has to come again
   * @param nanos a clock
   */
  Doorway(Duration patience, LongSupplier nanos) {
    this.patience = patience;
    this.nanos = nanos;
  }

  /** Who does steps of this type goes through the doorway. */
  public <S extends ServerStep> StepDriver<S> before(StepDriver<S> driver) {
    return new Attended<>(this, driver);
  }

  /** Does the work at this server; {@link Unfinished} if no place was free in time. */
  void pass(String server, Runnable work) {
    doors.computeIfAbsent(server, name -> new Door(name, REST, nanos)).pass(patience, work);
  }
}
