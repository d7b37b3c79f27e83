package io.generalbots.sharding.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds of any table, whatever it was before and whatever the clock does. */
class PartitionPlannerLawsTest {

  private static final int TOPOLOGIES = 10_000;
  private static final int ROUNDS = 40;
  private static final int MONTHS = 400;
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  @Test
  void everyTableComesToRestWithAPlaceForEveryRowOfNowAndNoneLost() {
    for (long seed = 0; seed < TOPOLOGIES; seed++) {
      new Life(seed).live();
    }
  }

  @Test
  void theSameTableAtTheSameTimeIsPlannedAlike() {
    var life = new Life(1);
    assertThat(life.plan()).isEqualTo(life.plan());
  }

  /** One table through edits of its rules and jumps of its clock. */
  private static final class Life {

    private final Random random;
    private final String told;
    private final TableWorld world;
    private Instant now;
    private Rules rules;

    Life(long seed) {
      random = new Random(seed);
      told = "seed " + seed;
      now = moment();
      rules = rules();
      world = random.nextBoolean() ? TableWorld.plain(history()) : TableWorld.divided(parts());
    }

    void live() {
      settle();
      for (var i = 0; i < 4; i++) {
        now = now.plus(Duration.ofHours(random.nextInt(24 * 100) - 24L * 20));
        rules = random.nextInt(4) == 0 ? rules() : rules;
        settle();
      }
    }

    PartitionPlan plan() {
      return new PartitionPlanner(rules, now).plan(world.table());
    }

    private void settle() {
      for (var round = 0; round < ROUNDS; round++) {
        if (!(plan() instanceof PartitionPlan.Next next)) {
          assertThat(plan()).as(told).isInstanceOf(PartitionPlan.Refused.class);
          return;
        } else if (next.deeds().isEmpty()) {
          isAsItShouldBe();
          return;
        }
        perform(next.deeds());
      }
      throw new AssertionError(told + " never comes to rest: " + plan());
    }

    /** It may be cut off after any of them, and somebody writes meanwhile. */
    private void perform(List<Deed> deeds) {
      for (var deed : deeds) {
        var before = world.all();
        var spans = world.spans();
        if (deed instanceof Deed.BuildKey && random.nextInt(5) == 0) {
          world.breakKey();
          return;
        }
        world.perform(deed);
        assertThat(world.all()).as("%s after %s", told, deed).isEqualTo(before);
        assertThat(world.spans()).as(told).containsAllEntriesOf(spans);
        assertThat(world.write(now)).as("%s takes a row of now after %s", told, deed).isTrue();
        if (random.nextInt(6) == 0) {
          return;
        }
      }
    }

    private void isAsItShouldBe() {
      var span = rules.interval().containing(now);
      for (var i = 0; i <= rules.ahead(); i++) {
        assertThat(span.without(world.spans().values())).as("%s at %s", told, now).isEmpty();
        span = rules.interval().after(span);
      }
      // A clock that is wrong by a thousand years makes no partition.
      var former = world.spans();
      assertThat(world.write(now.plus(Duration.ofDays(365_000)))).as(told).isTrue();
      assertThat(plan()).as(told).isEqualTo(new PartitionPlan.Next(List.of()));
      assertThat(world.spans()).isEqualTo(former);
    }

    private Rules rules() {
      var intervals = Interval.values();
      return new Rules(
          "created_at", intervals[random.nextInt(intervals.length)], 1 + random.nextInt(6));
    }

    private Instant moment() {
      return EPOCH.plus(Duration.ofMinutes(random.nextInt(MONTHS * 30 * 24 * 60)));
    }

    private List<Instant> history() {
      var times = new ArrayList<Instant>();
      for (var i = random.nextInt(20); i > 0; i--) {
        times.add(now.minus(Duration.ofHours(random.nextInt(50_000))));
      }
      return times;
    }

    private Map<String, Span> parts() {
      var spans = new TreeMap<String, Span>();
      var from = now.minus(Duration.ofDays(random.nextInt(300)));
      for (var i = random.nextInt(8); i > 0; i--) {
        var to = from.plus(Duration.ofDays(1L + random.nextInt(60)));
        spans.put("theirs_" + i, new Span(from, to));
        from = to.plus(Duration.ofDays(random.nextInt(3)));
      }
      return spans;
    }
  }
}
