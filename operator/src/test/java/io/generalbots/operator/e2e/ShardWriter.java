package io.generalbots.operator.e2e;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client of tables that are spread over databases of one server: looks up the shard of a key,
 * writes there, and looks it up again when it is told that the key has moved.
 */
final class ShardWriter {

  /** Rows of one call: user, shard and database by SQL, the write by a session of its own. */
  private static final String ROWS =
      """
      for i in $(seq 20); do
        user=$(psql -U postgres -d botserver -XAtc "SELECT id FROM public.users OFFSET $((RANDOM % 400)) LIMIT 1")
        id=$(cat /proc/sys/kernel/random/uuid)
        begin=$(date +%s%3N)
        for try in $(seq 200); do
          shard=$(psql -U postgres -d botserver -XAtc "SELECT sharding.route('by-user', '$user')")
          [ "$shard" = 0 ] && database=botserver || database=shard_by_user_$shard
          said=$(psql -U postgres -d "$database" -XAt -v VERBOSITY=verbose -c \
            "INSERT INTO public.message_history (id, user_id, content) VALUES ('$id', '$user', 'live')" 2>&1) &&
            { echo "$id $(($(date +%s%3N) - begin))"; continue 2; }
          case $said in *GB101*|*GB102*) ;; *) echo "REFUSED $said"; continue 2 ;; esac
        done
        echo "REFUSED 200 times $said"
      done
      """;

  private final PostgresCluster postgres;
  private final AtomicBoolean isEnding = new AtomicBoolean();
  private final TreeSet<String> taken = new TreeSet<>();
  private long longest;
  private final CompletableFuture<Void> work;

  /** Begins at once. */
  ShardWriter(PostgresCluster postgres) {
    this.postgres = postgres;
    this.work = CompletableFuture.runAsync(this::write);
  }

  /** Ends, and gives the rows that were taken. Fails with what any was refused for. */
  List<String> end() {
    isEnding.set(true);
    work.join();
    return List.copyOf(taken);
  }

  /** The longest time until a row was taken, in milliseconds, with the start of two programs. */
  long longest() {
    return longest;
  }

  private void write() {
    while (!isEnding.get()) {
      postgres.exec(postgres.primary(), "bash", "-c", ROWS).lines().forEach(this::note);
    }
  }

  private void note(String line) {
    var words = List.of(line.split(" ", 2));
    if (words.size() != 2 || "REFUSED".equals(words.get(0))) {
      throw new AssertionError(line);
    }
    taken.add(words.get(0));
    longest = Math.max(longest, Long.parseLong(words.get(1)));
  }
}
