package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.Waiting;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * A session at a server whose answers are waited for, one after the other. Everything is told in
 * UTC and so that it can be read back exactly.
 */
final class Session implements AutoCloseable {

  private static final Duration SLACK = Duration.ofSeconds(2);

  private static final String MANNERS =
      "SET search_path = pg_catalog; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD';"
          + " SET intervalstyle = 'postgres'; SET bytea_output = 'hex'; SET extra_float_digits = 1;"
          + " SET standard_conforming_strings = on; SET lock_timeout = '2s';"
          + " SET statement_timeout = '%d'; SET idle_in_transaction_session_timeout = '60s'";

  private static final Tuple NOTHING = Tuple.tuple();

  private final PgConnection connection;
  private final String name;
  private final Duration limit;

  /**
   * Over a connection that nobody else uses.
   *
   * @param name of the server, in words for people
   * @param limit of each statement
   */
  Session(PgConnection connection, String name, Duration limit) {
    this.connection = connection;
    this.name = name;
    this.limit = limit;
    try {
      run(MANNERS.formatted(limit.toMillis()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Statements without an answer. */
  void run(String statements) {
    await(connection.query(statements).execute());
  }

  /** The rows of a statement with values. */
  List<Row> ask(String statement, Tuple values) {
    return list(await(connection.preparedQuery(statement).execute(values)));
  }

  /** Changes rows; says how many. */
  int change(String statement, Tuple values) {
    return await(connection.preparedQuery(statement).execute(values)).rowCount();
  }

  /** The rows of a statement, so many at a time; inside of a transaction only. */
  void read(String statement, int size, Consumer<List<Row>> consumer) {
    var prepared = await(connection.prepare(statement));
    var cursor = prepared.cursor(NOTHING);
    do {
      consumer.accept(list(await(cursor.read(size))));
    } while (cursor.hasMore());
    await(cursor.close());
    await(prepared.close());
  }

  /** All of it or nothing. */
  void transaction(String begin, Runnable work) {
    run(begin);
    try {
      work.run();
    } catch (RuntimeException e) {
      undo(e);
      throw e;
    }
    run("COMMIT");
  }

  /** What is read stays as it was when it began. */
  void snapshot(Runnable work) {
    transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
  }

  private void undo(RuntimeException why) {
    try {
      run("ROLLBACK");
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  /** What has not been committed is undone. */
  @Override
  public void close() {
    connection.close();
  }

  private <T> T await(Future<T> answer) {
    return Waiting.within(limit.plus(SLACK), name, answer);
  }

  private static List<Row> list(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).toList();
  }
}
