package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.StepFailure;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A client that writes to tables while their rows move, and remembers what it was told is written.
 * It looks up the shard of a key as the documents say, and again when it is told that it has moved.
 */
final class Writer implements Runnable {

  private static final int USERS = 60;

  private final List<Session> shards;
  private final Random random;
  private final Map<UUID, String> acknowledged = new HashMap<>();
  private volatile boolean stopped;
  private Duration longest = Duration.ZERO;
  private int writes;
  private int refusals;

  Writer(List<Session> shards, long seed) {
    this.shards = shards;
    this.random = new Random(seed);
  }

  /** What is written, by primary key: user and text. */
  Map<UUID, String> acknowledged() {
    return acknowledged;
  }

  /** The longest time until a write was taken. */
  Duration longest() {
    return longest;
  }

  int writes() {
    return writes;
  }

  int refusals() {
    return refusals;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      write();
    }
  }

  void write() {
    var start = System.nanoTime();
    var known = acknowledged.keySet().stream().skip(skipped()).findFirst();
    if (known.isEmpty() || random.nextInt(3) == 0) {
      insert();
    } else if (random.nextInt(3) == 0) {
      delete(known.get());
    } else {
      update(known.get());
    }
    writes++;
    var taken = Duration.ofNanos(System.nanoTime() - start);
    longest = taken.compareTo(longest) > 0 ? taken : longest;
  }

  private long skipped() {
    return acknowledged.isEmpty() ? 0 : random.nextInt(acknowledged.size());
  }

  private void insert() {
    var id = new UUID(random.nextLong(), random.nextLong());
    var user = user(random.nextInt(USERS));
    at(
        user,
        "INSERT INTO public.message (id, user_id, body) VALUES ($1, $2, $3)",
        Tuple.of(id, user, "new"));
    acknowledged.put(id, user + " new");
  }

  private void update(UUID id) {
    var user = userOf(id);
    var text = "text" + random.nextInt();
    at(user, "UPDATE public.message SET body = $2 WHERE id = $1", Tuple.of(id, text));
    acknowledged.put(id, user + " " + text);
  }

  private void delete(UUID id) {
    var user = userOf(id);
    at(user, "DELETE FROM public.message WHERE id = $1", Tuple.of(id));
    acknowledged.remove(id);
  }

  private UUID userOf(UUID id) {
    return UUID.fromString(acknowledged.getOrDefault(id, "").substring(0, 36));
  }

  /** Until a row is changed on the shard that has it. */
  private void at(UUID user, String statement, Tuple values) {
    while (true) {
      try {
        if (shards.get(shard(user)).change(statement, values) == 1) {
          return;
        }
        refusals++;
      } catch (StepFailure e) {
        if (!(e.getCause() instanceof PgException refused)
            || !List.of("GB101", "GB102").contains(refused.getSqlState())) {
          throw e;
        }
        refusals++;
      }
    }
  }

  /** Whichever shard is asked, one of them says that it has it. */
  private int shard(UUID user) {
    var route = "SELECT sharding.route('by-user', $1::uuid::text)";
    return shards
        .get(random.nextInt(shards.size()))
        .ask(route, Tuple.of(user))
        .get(0)
        .getInteger(0);
  }

  static UUID user(int number) {
    return UUID.nameUUIDFromBytes(new byte[] {(byte) number, 1, 2});
  }
}
