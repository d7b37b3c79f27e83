package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.spread.ShardStep.MoveRows;
import io.generalbots.operator.external.spread.ShardStep.OpenShard;
import io.generalbots.operator.external.spread.ShardStep.SpreadTable;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

/** Who does which step with shards. */
public final class ShardDrivers {

  /** As long as one statement may take that looks at rows. */
  static final Duration LONG = Duration.ofHours(4);

  /** After that the loop sees how far it is, and what is wished meanwhile. */
  private static final Duration STRETCH = Duration.ofSeconds(8);

  private static final int AT_ONCE = 4;

  private ShardDrivers() {}

  /** One for each type of step. */
  public static List<StepDriver<?>> all(Shards shards) {
    var beside =
        Executors.newFixedThreadPool(
            AT_ONCE,
            work -> {
              var thread = new Thread(work, "shards");
              thread.setDaemon(true);
              return thread;
            });
    return List.of(
        new ShardDriver<>(OpenShard.class, shards, beside, ShardDrivers::open),
        new ShardDriver<>(SpreadTable.class, shards, beside, ShardDrivers::spread),
        new ShardDriver<>(MoveRows.class, shards, beside, ShardDrivers::move));
  }

  private static void open(OpenShard step, Doors doors) {
    try (var session = entered(step, doors)) {
      new Outfit(step.spread()).open(session, step.shard(), step.turn());
    }
  }

  /** A database that is not there is made by its owner to be, beside the one that is. */
  private static Session entered(OpenShard step, Doors doors) {
    var shard = step.spread().shards().get(step.shard());
    try {
      return doors.open(shard);
    } catch (StepFailure e) {
      if (!Trouble.isMissing(e)) {
        throw e;
      }
      try (var first = doors.open(step.spread().shards().get(0))) {
        Outfit.make(first, shard);
      }
      return doors.open(shard);
    }
  }

  private static void spread(SpreadTable step, Doors doors) {
    var shards = step.spread().shards();
    try (var first = doors.open(shards.get(0));
        var session = doors.open(shards.get(step.shard()))) {
      new Outfit(step.spread()).add(first, session, step.table());
    }
  }

  private static void move(MoveRows step, Doors doors) {
    var clock = Clock.systemUTC();
    try (var reshuffle = new Reshuffle(step.spread(), doors, clock)) {
      if (!reshuffle.goOn(step.goal(), step.ranges(), clock.instant().plus(STRETCH))) {
        throw new Unfinished("%s: %s".formatted(step.words(), reshuffle.progress()));
      }
    }
  }
}
