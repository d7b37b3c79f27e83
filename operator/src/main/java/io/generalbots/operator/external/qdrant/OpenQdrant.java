package io.generalbots.operator.external.qdrant;

import io.generalbots.operator.external.StepFailure;
import io.vertx.core.http.HttpClient;
import java.util.List;
import java.util.function.Supplier;

/** A Qdrant that can be asked; what it refuses is told as a failure. */
public final class OpenQdrant implements AutoCloseable {

  private final HttpClient http;
  private final Server server;

  OpenQdrant(HttpClient http, Server server) {
    this.http = http;
    this.server = server;
  }

  /** The collections whose names begin so, in order. */
  public List<String> names(String prefix) {
    return asked(() -> Reading.names(server.read("/collections"))).stream()
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  /** The points of a collection, all of them counted; none in one that is gone meanwhile. */
  public long count(String collection) {
    try {
      return server.count(collection);
    } catch (Refusal e) {
      if (e.isAboutNothing()) {
        return 0;
      }
      throw new StepFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** One that is gone already is no failure: Qdrant says so, and that is all. */
  public void remove(String collection) {
    asked(
        () -> {
          server.remove(collection);
          return collection;
        });
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (Refusal e) {
      throw new StepFailure(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
