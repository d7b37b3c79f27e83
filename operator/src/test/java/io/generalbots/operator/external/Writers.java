package io.generalbots.operator.external;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Clients of a pooler that write without end, about 200 times a second together. */
final class Writers {

  private static final int COUNT = 6;
  private static final long EVERY_MS = 28;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final String database;
  private final Queue<String> written = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
  private final AtomicLong longestNanos = new AtomicLong();
  private final List<Future<?>> ends = new ArrayList<>();
  private volatile boolean stopping;

  private Writers(Vertx vertx, String database) {
    this.vertx = vertx;
    this.database = database;
  }

  /** Clients of a database, spread over these poolers. */
  static Writers start(
      Vertx vertx, String database, ServerLogin login, List<RunningPooler> poolers) {
    var writers = new Writers(vertx, database);
    var sessions = new PostgresSessions(vertx);
    for (var n = 0; n < COUNT; n++) {
      var pooler = poolers.get(n % poolers.size());
      var connected = sessions.open(pooler.address(), pooler.port(), database, login);
      var name = "%d-%s".formatted(n, pooler.address());
      writers.ends.add(connected.compose(c -> writers.write(c, name, 0)));
    }
    return writers;
  }

  /** Waits until this many more are written. */
  void more(int count) {
    var wanted = written.size() + count;
    Until.holds(
        count + " more writes to " + database, () -> written.size() >= wanted || !errors.isEmpty());
  }

  /** Ends the clients, and returns what the servers said that they have. */
  List<String> stop() {
    stopping = true;
    Waiting.within(LIMIT, "ending the clients", Future.join(ends));
    return List.copyOf(written);
  }

  List<Throwable> errors() {
    return List.copyOf(errors);
  }

  /** The longest that a client has waited for an answer since this was asked last. */
  Duration longest() {
    return Duration.ofNanos(longestNanos.getAndSet(0));
  }

  private Future<?> write(PgConnection connection, String name, int number) {
    if (stopping) {
      return connection.close();
    }
    var id = name + "-" + System.nanoTime() + "-" + number;
    var began = System.nanoTime();
    return connection
        .query("INSERT INTO public.notes VALUES ('%s')".formatted(id))
        .execute()
        .onSuccess(done -> written.add(id))
        .onFailure(errors::add)
        .eventually(() -> lasted(System.nanoTime() - began))
        .compose(done -> vertx.timer(EVERY_MS))
        .compose(done -> write(connection, name, number + 1));
  }

  private Future<Void> lasted(long nanos) {
    longestNanos.accumulateAndGet(nanos, Math::max);
    return Future.succeededFuture();
  }
}
