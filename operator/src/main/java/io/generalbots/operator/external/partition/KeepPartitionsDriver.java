package io.generalbots.operator.external.partition;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Changes tables. What looks at every row goes on by itself and is asked after now and then; all
 * else is one transaction that waits for nobody.
 */
public final class KeepPartitionsDriver implements StepDriver<KeepPartitions> {

  private static final Duration LIMIT = Duration.ofSeconds(12);

  private static final String SHORT = Survey.MANNERS.formatted("10s");

  /** It waits for whoever writes, so that none of those has to wait for it. */
  private static final String LONG = Survey.MANNERS.formatted("0") + "; SET lock_timeout = 0";

  /** It looks at rows, but waits for no lock. */
  private static final String UNHURRIED = Survey.MANNERS.formatted("0");

  private static final String SETTING = "SELECT set_config($1::text, $2::text, true)";

  /** Somebody else had the lock for longer than was waited for it. */
  private static final String LOCKED = "55P03";

  /** What was archived is not what is there. */
  private static final String CHANGED = "GB001";

  private final PartitionedTables tables;
  private final Map<String, Future<Void>> underway = new ConcurrentHashMap<>();

  public KeepPartitionsDriver(PartitionedTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<KeepPartitions> type() {
    return KeepPartitions.class;
  }

  @Override
  public void perform(KeepPartitions step, String namespace) {
    try {
      if (step.deed().isLong()) {
        ask(step, namespace);
      } else {
        Waiting.within(LIMIT, step.words(), inOne(step, namespace));
      }
    } catch (StepFailure e) {
      throw said(step, e);
    }
  }

  private void ask(KeepPartitions step, String namespace) {
    var place = "%s/%s/%s".formatted(namespace, step.cluster(), step.table());
    var work = underway.computeIfAbsent(place, p -> byItself(step, namespace));
    if (!work.isComplete()) {
      throw new Unfinished(step.words());
    }
    underway.remove(place);
    Waiting.within(LIMIT, step.words(), work);
  }

  private Future<Void> byItself(KeepPartitions step, String namespace) {
    var statements = Statements.of(step);
    return with(
        step,
        namespace,
        session ->
            statements.isOne()
                ? inOne(session, UNHURRIED, statements)
                : manners(session, LONG).compose(set -> run(session, statements)));
  }

  private Future<Void> inOne(KeepPartitions step, String namespace) {
    return with(step, namespace, session -> inOne(session, SHORT, Statements.of(step)));
  }

  private static Future<Void> inOne(PgConnection session, String manners, Statements statements) {
    return manners(session, manners)
        .compose(set -> session.begin())
        .compose(
            transaction ->
                told(session, statements)
                    .compose(told -> run(session, statements))
                    .compose(done -> transaction.commit()));
  }

  private Future<Void> with(
      KeepPartitions step, String namespace, Function<PgConnection, Future<Void>> work) {
    return tables
        .open(step.cluster(), namespace)
        .compose(session -> work.apply(session).onComplete(any -> session.close()));
  }

  private static Future<?> manners(SqlConnection session, String manners) {
    return session.query(manners).execute();
  }

  private static Future<?> told(SqlConnection session, Statements statements) {
    var settings =
        statements.settings().entrySet().stream()
            .map(e -> Tuple.of(e.getKey(), e.getValue()))
            .toList();
    return settings.isEmpty()
        ? Future.succeededFuture()
        : session.preparedQuery(SETTING).executeBatch(settings);
  }

  private static Future<Void> run(SqlConnection session, Statements statements) {
    return session.query(statements.text()).execute().mapEmpty();
  }

  /** That somebody uses a table is no fault, nor that somebody changed it. */
  private static RuntimeException said(KeepPartitions step, StepFailure failure) {
    var state = failure.getCause() instanceof PgException refused ? refused.getSqlState() : "";
    if (LOCKED.equals(state)) {
      return new Unfinished("table %s is in use: tried again".formatted(step.table()), failure);
    } else if (CHANGED.equals(state)) {
      return new Unfinished(
          "a partition of table %s has changed since it was archived: archived again"
              .formatted(step.table()),
          failure);
    }
    return failure;
  }
}
