package io.generalbots.operator.external;

import io.generalbots.operator.cluster.pooler.Pooler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Leads one database to another server on all poolers at once, while its clients wait. The way has
 * to be staged beforehand: the poolers have read from their files where the database goes next.
 *
 * <p>Whoever switches sees to it first that nothing is written at the former server any more, even
 * by a pooler that is not among these: one may become ready in the middle. Then a switch that was
 * not completed everywhere is simply asked for again.
 *
 * <p>Closing it lets the clients go on, whatever happened in between; should even that fail, the
 * guard in each pod does it after 10 s.
 */
public final class Rerouting implements AutoCloseable {

  private static final Duration OPEN_LIMIT = Duration.ofSeconds(3);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  /** While a long transaction is waited for, the other clients of the database wait too. */
  private static final Duration PAUSE_LIMIT = Duration.ofSeconds(1);

  /** The guard of a pod looks five times a second. */
  private static final Duration SWITCH_LIMIT = Duration.ofSeconds(2);

  private static final Duration RESUME_LIMIT = Duration.ofSeconds(3);

  /** How long after a pause a switch may be ordered: the guards end a pause after 10 s. */
  private static final Duration HOLD_LIMIT = Duration.ofSeconds(6);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /** What is paused as the order to switch. */
  private static final String MARKER = ".next";

  private final PostgresSessions sessions;
  private final List<PoolerConsole> consoles;
  private final Set<String> held = new LinkedHashSet<>();
  private long heldSince;

  private Rerouting(PostgresSessions sessions, List<PoolerConsole> consoles) {
    this.sessions = sessions;
    this.consoles = consoles;
  }

  /**
   * Opens the consoles.
   *
   * @param addresses of all pods of the pooler
   */
  public static Rerouting open(
      PostgresSessions sessions, ServerLogin login, List<String> addresses) {
    return open(sessions, login, addresses, Pooler.PORT);
  }

  static Rerouting open(
      PostgresSessions sessions, ServerLogin login, List<String> addresses, int port) {
    var consoles =
        addresses.stream().map(a -> PoolerConsole.open(sessions, login, a, port)).toList();
    Waiting.within(OPEN_LIMIT, "connecting to the poolers", Future.all(consoles));
    return new Rerouting(sessions, consoles.stream().map(Future::result).toList());
  }

  /** Whether every pooler has read where the database goes next. */
  public boolean isStaged(String database, String nextHost) {
    return allShow(leads(database + MARKER, nextHost).and(shown -> shown.containsKey(database)));
  }

  /** Whether every pooler leads the database there; of use to one who comes after a crash. */
  public boolean isSwitched(String database, String nextHost) {
    return allShow(leads(database, nextHost));
  }

  /**
   * Holds the clients of the database back, as soon as their transactions under way have ended;
   * within 1 s, or they go on and this fails. In session mode they are sent away, and sessions that
   * the server has not ended yet may still commit.
   */
  public void pause(String database) {
    // What a crashed operator left would turn this pause into an order to switch.
    await(ANSWER_LIMIT, "making poolers ready", each(c -> c.resume(database + MARKER)));
    if (!allShow(isPaused(database).negate())) {
      throw new StepFailure("the clients of %s are held back already".formatted(database));
    }
    held.add(database);
    heldSince = System.nanoTime();
    try {
      await(
          PAUSE_LIMIT,
          "pausing %s, which waits for transactions under way to end".formatted(database),
          each(c -> c.pause(database)));
    } catch (StepFailure e) {
      undo(e);
      throw e;
    }
  }

  /**
   * Leads the paused database to another server; nothing if it is there already. If it fails, some
   * poolers may have switched and others not.
   */
  public void switchTo(String database, String nextHost) {
    if (isSwitched(database, nextHost)) {
      return;
    }
    if (!isHeld(database) || !isStaged(database, nextHost)) {
      throw new StepFailure(
          "%s is switched only while it is paused, and staged for %s"
              .formatted(database, nextHost));
    }
    held.add(database + MARKER);
    var shown =
        each(
            c -> c.pause(database + MARKER).compose(p -> awaitShown(c, leads(database, nextHost))));
    await(SWITCH_LIMIT, "leading %s to %s".formatted(database, nextHost), shown);
  }

  /** Lets the clients go on that were held back. */
  public void resume() {
    var orders =
        held.stream()
            .<Future<?>>flatMap(name -> each(console -> console.resume(name)).stream())
            .toList();
    Waiting.within(RESUME_LIMIT, "resuming the poolers", Future.join(orders));
    held.clear();
  }

  @Override
  public void close() {
    try {
      resume();
    } finally {
      each(PoolerConsole::close);
    }
  }

  /** What comes of it is told beside the failure that it is for. */
  private void undo(StepFailure failure) {
    try {
      resume();
    } catch (StepFailure e) {
      failure.addSuppressed(e);
    }
  }

  private boolean isHeld(String database) {
    return held.contains(database)
        && System.nanoTime() - heldSince < HOLD_LIMIT.toNanos()
        && allShow(isPaused(database));
  }

  /** Ends when the pooler shows it, or its session is closed. */
  private Future<?> awaitShown(
      PoolerConsole console, Predicate<Map<String, PoolerConsole.Shown>> wanted) {
    return console
        .databases()
        .compose(
            shown ->
                wanted.test(shown)
                    ? Future.succeededFuture()
                    : sessions.after(LOOK_AGAIN).compose(x -> awaitShown(console, wanted)));
  }

  private static Predicate<Map<String, PoolerConsole.Shown>> leads(String database, String host) {
    return shown -> shown.containsKey(database) && host.equals(shown.get(database).host());
  }

  private static Predicate<Map<String, PoolerConsole.Shown>> isPaused(String database) {
    return shown -> shown.containsKey(database) && shown.get(database).paused();
  }

  private boolean allShow(Predicate<Map<String, PoolerConsole.Shown>> wanted) {
    var answers = consoles.stream().map(PoolerConsole::databases).toList();
    await(ANSWER_LIMIT, "asking the poolers", answers);
    return answers.stream().map(Future::result).allMatch(wanted);
  }

  private static void await(Duration limit, String what, List<? extends Future<?>> answers) {
    Waiting.within(limit, what, Future.all(answers));
  }

  private List<? extends Future<?>> each(Function<PoolerConsole, Future<?>> order) {
    return consoles.stream().map(order).toList();
  }
}
