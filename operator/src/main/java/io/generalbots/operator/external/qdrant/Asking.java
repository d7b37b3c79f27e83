package io.generalbots.operator.external.qdrant;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/**
 * How an action is asked for.
 *
 * @param method of REST
 * @param path with its query
 * @param body what is sent; empty for nothing
 */
record Asking(HttpMethod method, String path, JsonObject body) {

  private static final String TO_COLLECTION = "/collections/%s";
  private static final String TO_PLACEMENT = "/collections/%s/cluster";
  private static final String SHARD = "shard_id";

  /** The request for an action. */
  static Asking of(Action action) {
    if (action instanceof Action.Move move) {
      return placing(move.collection(), "move_shard", streamed(move));
    } else if (action instanceof Action.Replicate more) {
      return placing(
          more.collection(), "replicate_shard", way(more.shard(), more.from(), more.to()));
    } else if (action instanceof Action.Drop drop) {
      var which = new JsonObject().put(SHARD, drop.shard()).put("peer_id", drop.peer());
      return placing(drop.collection(), "drop_replica", which);
    } else if (action instanceof Action.Raise raise) {
      return raising(raise);
    } else if (action instanceof Action.Index index) {
      return indexing(index);
    }
    var peer = ((Action.Remove) action).peer();
    return new Asking(HttpMethod.DELETE, "/cluster/peer/" + peer, new JsonObject());
  }

  private static Asking placing(String collection, String operation, JsonObject what) {
    return new Asking(
        HttpMethod.POST,
        TO_PLACEMENT.formatted(Server.encoded(collection)),
        new JsonObject().put(operation, what));
  }

  /** The records, not a snapshot, for which the peer might have no room. */
  private static JsonObject streamed(Action.Move move) {
    return way(move.shard(), move.from(), move.to()).put("method", "stream_records");
  }

  private static JsonObject way(int shard, long from, long to) {
    return new JsonObject().put(SHARD, shard).put("from_peer_id", from).put("to_peer_id", to);
  }

  private static Asking raising(Action.Raise raise) {
    var params = new JsonObject().put("replication_factor", raise.copies());
    return new Asking(
        HttpMethod.PATCH,
        TO_COLLECTION.formatted(Server.encoded(raise.collection())),
        new JsonObject().put("params", params));
  }

  private static Asking indexing(Action.Index index) {
    return new Asking(
        HttpMethod.PUT,
        (TO_COLLECTION + "/index?wait=true").formatted(Server.encoded(index.collection())),
        new JsonObject().put("field_name", index.field()).put("field_schema", "text"));
  }
}
