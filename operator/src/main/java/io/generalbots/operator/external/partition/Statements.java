package io.generalbots.operator.external.partition;

import static io.generalbots.operator.external.Sql.name;

import io.generalbots.operator.external.Sql;
import io.generalbots.operator.kube.Resources;
import io.generalbots.sharding.time.Deed;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A deed as a statement of PostgreSQL.
 *
 * @param text of it
 * @param settings that hold until the end of its transaction, and tell it what to do
 */
record Statements(String text, Map<String, String> settings) {

  /** Without a time zone the same is a moment in UTC, which the session is in. */
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSX").withZone(ZoneOffset.UTC);

  /** Whether it is one transaction: an index that is built beside writers cannot be in any. */
  boolean isOne() {
    return !settings.isEmpty();
  }

  static Statements of(KeepPartitions step) {
    var deed = step.deed();
    if (deed instanceof Deed.Divide divide) {
      return divide(step, divide);
    } else if (deed instanceof Deed.AddPartition add) {
      return add(step, add);
    }
    return deed instanceof Deed.RemovePartition remove
        ? remove(step, remove)
        : new Statements(text(step), Map.of());
  }

  private static String text(KeepPartitions step) {
    var table = name(step.table());
    var key = name(step.table() + "_gbo_key");
    var deed = step.deed();
    if (deed instanceof Deed.BuildKey build) {
      return "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS %s ON public.%s (%s)"
          .formatted(key, table, Sql.names(build.columns()));
    } else if (deed instanceof Deed.DropKey) {
      return "DROP INDEX CONCURRENTLY IF EXISTS public." + key;
    } else if (deed instanceof Deed.AddOverflow add) {
      return "CREATE TABLE IF NOT EXISTS public.%s PARTITION OF public.%s DEFAULT"
          .formatted(name(add.overflow()), table);
    }
    return "ALTER TABLE public.%s %s".formatted(table, bound(step));
  }

  private static String bound(KeepPartitions step) {
    var bound = name(step.table() + "_gbo_bound");
    var deed = step.deed();
    if (deed instanceof Deed.SetBound set) {
      return "ADD CONSTRAINT %s CHECK (%s < %s) NOT VALID"
          .formatted(bound, name(step.column()), Sql.text(moment(set.at())));
    } else if (deed instanceof Deed.DropBound) {
      return "DROP CONSTRAINT IF EXISTS " + bound;
    } else if (deed instanceof Deed.ProveBound) {
      return "VALIDATE CONSTRAINT " + bound;
    }
    throw new IllegalArgumentException("nobody knows how to do " + deed);
  }

  private static Statements divide(KeepPartitions step, Deed.Divide divide) {
    var told = told(step, divide.former());
    told.put("overflow", divide.overflow());
    told.put("to", moment(divide.bound()));
    return new Statements(Resources.text("partition/divide.sql"), named(told));
  }

  private static Statements add(KeepPartitions step, Deed.AddPartition add) {
    var told = told(step, add.partition());
    told.put("from", moment(add.span().from()));
    told.put("to", moment(add.span().to()));
    return new Statements(Resources.text("partition/add.sql"), named(told));
  }

  private static Statements remove(KeepPartitions step, Deed.RemovePartition remove) {
    var told = told(step, remove.partition());
    told.put("sum", remove.sum().orElse(""));
    return new Statements(Resources.text("partition/remove.sql"), named(told));
  }

  private static TreeMap<String, String> told(KeepPartitions step, String partition) {
    return new TreeMap<>(
        Map.of("table", step.table(), "column", step.column(), "partition", partition));
  }

  private static Map<String, String> named(Map<String, String> told) {
    return told.entrySet().stream()
        .collect(
            Collectors.toMap(
                e -> "generalbots." + e.getKey(), Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }

  private static String moment(Instant at) {
    return MOMENT.format(at);
  }
}
