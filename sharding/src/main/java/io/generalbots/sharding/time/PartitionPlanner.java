package io.generalbots.sharding.time;

import io.generalbots.sharding.time.Preparation.Bound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what has to become of a table so that there is a partition for every row of now and of
 * the intervals ahead. It makes none smaller, larger or other than it is, and removes none.
 *
 * <p>A plain table becomes the first partition of a new one of its name. What takes long is done
 * while rows are written: an index of key and time, and a proof that all rows are before a bound.
 * After that one short transaction is left, which looks at no row
 * (https://www.postgresql.org/docs/current/ddl-partitioning.html, 5.12.2.2: a CHECK that implies
 * the bounds saves the scan).
 *
 * <p>Deeds depend on what was found, on the rules and on the time of the server alone, in O(p log
 * p) for p partitions and a number of intervals that {@link Rules#ahead} bounds.
 *
 * @param rules how it is to be partitioned
 * @param now the time of the server, which is what its rows are dated by
 */
public record PartitionPlanner(Rules rules, Instant now) {

  /** PostgreSQL cuts what is longer. */
  private static final int LONGEST_NAME = 63;

  private static final String BEFORE = "_before_";
  private static final String DEFAULT = "_default";
  private static final int LONGEST_SUFFIX = "_before_2024_01_31".length();

  /** A bound that is nearer than this when it is chosen could come before all rows were seen. */
  private static final Duration MARGIN = Duration.ofDays(1);

  /** A bound that is nearer than this is given up: rows of later would be refused. */
  private static final Duration NEAR = Duration.ofHours(1);

  /** Rows of longer ago that come in late are left where all others are. */
  private static final Duration MEMORY = Duration.ofDays(366);

  /** What has to become of this table. */
  public PartitionPlan plan(Table table) {
    if (table.name().length() > LONGEST_NAME - LONGEST_SUFFIX) {
      return new PartitionPlan.Refused(
          "its name has more than %d letters, and those of partitions would be cut"
              .formatted(LONGEST_NAME - LONGEST_SUFFIX));
    }
    var shape = table.shape();
    if (shape instanceof Table.Plain plain) {
      return plan(table.name(), plain);
    } else if (shape instanceof Table.Partitioned partitioned) {
      return plan(table.name(), partitioned);
    } else if (shape instanceof Table.Foreign foreign) {
      return new PartitionPlan.Refused("it is no table but a " + foreign.what());
    }
    return new PartitionPlan.Awaited();
  }

  private PartitionPlan plan(String table, Table.Plain plain) {
    var obstacles = plain.traits().obstacles(rules.column());
    if (!obstacles.isEmpty()) {
      return new PartitionPlan.Refused(String.join("; ", obstacles));
    }
    return plain
        .latest()
        .filter(latest -> !latest.isBefore(horizon()))
        .<PartitionPlan>map(
            latest ->
                new PartitionPlan.Refused(
                    "it has rows of the future, up to %s: mend column %s of those"
                        .formatted(latest, rules.column())))
        .orElseGet(() -> next(prepared(table, plain)));
  }

  private Deed prepared(String table, Table.Plain plain) {
    var bound = plain.preparation().bound();
    return switch (plain.preparation().key()) {
      case ABSENT, BUILDING -> new Deed.BuildKey(key(plain.traits()));
      case BROKEN -> new Deed.DropKey();
      case BUILT ->
          bound
              .map(b -> bounded(table, b))
              .orElseGet(() -> new Deed.SetBound(bound(plain.latest())));
    };
  }

  private List<String> key(Traits traits) {
    return Stream.concat(traits.key().stream(), Stream.of(rules.column())).toList();
  }

  private Deed bounded(String table, Bound bound) {
    if (bound.at().isBefore(now.plus(NEAR))) {
      return new Deed.DropBound();
    } else if (!bound.isProven()) {
      return new Deed.ProveBound();
    }
    var suffix = Interval.suffixOfPart(new Span(bound.at(), Instant.MAX));
    return new Deed.Divide(table + BEFORE + suffix, table + DEFAULT, bound.at());
  }

  /** The end of the first interval that leaves time enough to look at every row. */
  private Instant bound(Optional<Instant> latest) {
    var last = latest.filter(l -> l.isAfter(now)).orElse(now);
    var span = rules.interval().containing(last);
    while (span.to().isBefore(last.plus(MARGIN))) {
      span = rules.interval().after(span);
    }
    return span.to();
  }

  private PartitionPlan plan(String table, Table.Partitioned partitioned) {
    if (!partitioned.isByRange() || !partitioned.columns().equals(List.of(rules.column()))) {
      return new PartitionPlan.Refused(
          "it is partitioned already, by %s%s and not by ranges of %s"
              .formatted(
                  partitioned.isByRange() ? "ranges of " : "",
                  String.join(", ", partitioned.columns()),
                  rules.column()));
    }
    var deeds = new ArrayList<Deed>();
    if (partitioned.overflow().isEmpty()) {
      deeds.add(new Deed.AddOverflow(table + DEFAULT));
    }
    var covered = new ArrayList<>(partitioned.partitions().stream().map(Partition::span).toList());
    wanted(partitioned).forEach(span -> deeds.addAll(added(table, span, covered)));
    return new PartitionPlan.Next(deeds);
  }

  /** Partitions for what of a span has none; from then on they count as being there. */
  private List<Deed> added(String table, Span span, List<Span> covered) {
    var gaps = span.without(covered);
    covered.addAll(gaps);
    return gaps.stream()
        .<Deed>map(gap -> new Deed.AddPartition(name(table, span, gap), gap))
        .toList();
  }

  private String name(String table, Span span, Span gap) {
    var suffix = gap.equals(span) ? rules.interval().suffix(span) : Interval.suffixOfPart(gap);
    return table + "_" + suffix;
  }

  /** The interval of now, those ahead, and those of rows that went elsewhere. */
  private List<Span> wanted(Table.Partitioned partitioned) {
    var strays =
        partitioned.overflow().stream()
            .flatMap(o -> Stream.concat(o.earliest().stream(), o.latest().stream()))
            .filter(time -> !isStray(time))
            .map(rules.interval()::containing);
    var ahead =
        Stream.iterate(rules.interval().containing(now), rules.interval()::after)
            .limit(rules.ahead() + 1L);
    return Stream.concat(ahead, strays).distinct().toList();
  }

  /** Whether a row of this time stays where it is: a wrong clock should make no partition. */
  public boolean isStray(Instant time) {
    return time.isBefore(now.minus(MEMORY)) || !time.isBefore(horizon());
  }

  /** The end of the last interval ahead. */
  private Instant horizon() {
    return Stream.iterate(rules.interval().containing(now), rules.interval()::after)
        .skip(rules.ahead())
        .findFirst()
        .orElseThrow()
        .to();
  }

  private static PartitionPlan next(Deed deed) {
    return new PartitionPlan.Next(List.of(deed));
  }
}
