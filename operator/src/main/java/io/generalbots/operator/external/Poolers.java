package io.generalbots.operator.external;

import io.generalbots.operator.cluster.pooler.Pooler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The consoles of all poolers of a cluster. Closing them lets the clients go on, whatever happened
 * in between; should even that fail, the guard in each pod does it after 30 s.
 */
final class Poolers implements AutoCloseable {

  /** For a cluster without a pooler: nobody is held back. */
  static final Poolers NONE = new Poolers(List.of());

  private static final Duration OPEN_LIMIT = Duration.ofSeconds(3);

  /** While a long transaction is waited for, everybody else waits too. */
  private static final Duration PAUSE_LIMIT = Duration.ofSeconds(1);

  private static final Duration RESUME_LIMIT = Duration.ofSeconds(3);

  private final List<PoolerConsole> consoles;

  private Poolers(List<PoolerConsole> consoles) {
    this.consoles = consoles;
  }

  static Poolers open(PostgresSessions sessions, ServerLogin login, List<String> addresses) {
    var consoles =
        addresses.stream().map(a -> PoolerConsole.open(sessions, login, a, Pooler.PORT)).toList();
    Waiting.within(OPEN_LIMIT, "connecting to the poolers", Future.all(consoles));
    return new Poolers(consoles.stream().map(Future::result).toList());
  }

  /** Holds all clients back, as soon as the transactions under way have ended. */
  void pause() {
    Waiting.within(
        PAUSE_LIMIT,
        "pausing the poolers, which wait for transactions under way to end",
        Future.all(each(PoolerConsole::pause)));
  }

  @Override
  public void close() {
    try {
      Waiting.within(
          RESUME_LIMIT, "resuming the poolers", Future.join(each(PoolerConsole::resume)));
    } finally {
      each(PoolerConsole::close);
    }
  }

  private List<? extends Future<?>> each(Function<PoolerConsole, Future<?>> order) {
    return consoles.stream().map(order).toList();
  }
}
