package io.generalbots.operator.external.drive;

import io.generalbots.api.v1alpha1.BotCluster;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How much is in each bucket, which has volumes of its own: what servers told their master of
 * those, so that nobody counts objects.
 */
public final class BucketSizes {

  private final Masters masters;

  public BucketSizes(Masters masters) {
    this.masters = masters;
  }

  /** Bytes by bucket; of one that nothing was ever written to there is none. */
  public Map<String, Long> of(BotCluster owner) {
    return sizes(masters.ask(owner, "/vol/status"));
  }

  /** Removed bytes do not count, also where they still take room; nor does a second copy. */
  static Map<String, Long> sizes(JsonObject answer) {
    var volumes = new HashMap<Integer, JsonObject>();
    volumes(answer).forEach(volume -> volumes.put(volume.getInteger("Id"), volume));
    var sizes = new HashMap<String, Long>();
    volumes.values().forEach(v -> sizes.merge(v.getString("Collection", ""), live(v), Long::sum));
    sizes.remove("");
    return sizes;
  }

  private static long live(JsonObject volume) {
    return Math.max(0, volume.getLong("Size", 0L) - volume.getLong("DeletedByteCount", 0L));
  }

  /** By data centre, rack and server. */
  private static Stream<JsonObject> volumes(JsonObject answer) {
    var centres =
        answer
            .getJsonObject("Volumes", new JsonObject())
            .getJsonObject("DataCenters", new JsonObject());
    return children(centres)
        .flatMap(BucketSizes::children)
        .flatMap(rack -> rack.stream().map(Map.Entry::getValue))
        .filter(JsonArray.class::isInstance)
        .flatMap(server -> StreamSupport.stream(((JsonArray) server).spliterator(), false))
        .map(JsonObject.class::cast);
  }

  private static Stream<JsonObject> children(JsonObject parent) {
    return parent.stream()
        .map(Map.Entry::getValue)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast);
  }
}
