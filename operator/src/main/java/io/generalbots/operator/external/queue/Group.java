package io.generalbots.operator.external.queue;

import io.vertx.redis.client.Response;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Who read a stream together, and how far they came.
 *
 * @param stream its key
 * @param last the entry that was handed out last
 * @param pending how many were handed out, and nobody said that they are done
 * @param lag how many were not handed out yet; empty where the server has lost count, as it does
 *     when entries in the midst are removed
 */
record Group(String stream, String last, long pending, OptionalLong lag) {

  /** As {@code XINFO GROUPS} tells one: names and values in turn. */
  static Group of(String stream, Response told) {
    var lag = value(told, "lag").map(Response::toLong);
    return new Group(
        stream,
        value(told, "last-delivered-id").map(Response::toString).orElse("0-0"),
        value(told, "pending").map(Response::toLong).orElse(0L),
        lag.map(OptionalLong::of).orElseGet(OptionalLong::empty));
  }

  private static Optional<Response> value(Response told, String name) {
    for (var i = 0; i + 1 < told.size(); i += 2) {
      @Nullable Response value = told.get(i + 1);
      if (value != null && name.equals(told.get(i).toString())) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** The same as if all up to this entry had been handed out. */
  Group at(String id) {
    return new Group(stream, id, pending, lag);
  }
}
