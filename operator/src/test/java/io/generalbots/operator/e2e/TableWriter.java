package io.generalbots.operator.e2e;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Writes rows into a table one after the other, each a transaction of its own, and remembers what
 * became of each.
 */
final class TableWriter {

  private static final String ROW =
      "INSERT INTO public.message_history (user_id, content) SELECT id, 'live' FROM public.users"
          + " LIMIT 1";

  /** A session is opened for so many. */
  private static final int ROWS = 20;

  private static final String TAKEN = "INSERT 0 1";

  private final PostgresCluster postgres;
  private final AtomicBoolean isEnding = new AtomicBoolean();
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Void> work;

  /** Begins at once. */
  TableWriter(PostgresCluster postgres) {
    this.postgres = postgres;
    this.work = CompletableFuture.runAsync(this::write);
  }

  /** Ends, and gives how many rows were taken. Fails with what any of them was refused for. */
  int end() {
    isEnding.set(true);
    work.join();
    var refused = said.stream().filter(line -> !TAKEN.equals(line)).toList();
    if (!refused.isEmpty()) {
      throw new AssertionError("rows were refused: " + refused);
    }
    return said.size();
  }

  private void write() {
    var command = new ArrayList<>(List.of("psql", "-U", "postgres", "-d", "botserver", "-At"));
    Stream.generate(() -> Stream.of("-c", ROW)).limit(ROWS).forEach(c -> c.forEach(command::add));
    while (!isEnding.get()) {
      var out = postgres.exec(postgres.primary(), command.toArray(String[]::new));
      out.lines().forEach(said::add);
    }
  }
}
