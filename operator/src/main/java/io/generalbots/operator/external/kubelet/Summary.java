package io.generalbots.operator.external.kubelet;

import io.generalbots.operator.cluster.volumes.Fill;
import io.generalbots.operator.cluster.volumes.Fill.Count;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a kubelet says of volumes with claims, as far as it makes sense.
 *
 * @param volumes of all pods of its node
 */
record Summary(List<Volume> volumes) {

  /**
   * A volume that a pod mounts.
   *
   * @param namespace of the pod and the claim
   * @param pod its name
   * @param claim its name
   * @param at when the file system was looked at
   */
  record Volume(String namespace, String pod, String claim, Instant at, Fill fill) {}

  Summary {
    volumes = List.copyOf(volumes);
  }

  /** Out of an answer to {@code /stats/summary}. */
  static Summary of(Buffer answer) {
    return new Summary(objects(answer.toJsonObject(), "pods").flatMap(Summary::ofPod).toList());
  }

  private static Stream<Volume> ofPod(JsonObject pod) {
    var reference = pod.getJsonObject("podRef", new JsonObject());
    return objects(pod, "volume").flatMap(volume -> ofVolume(reference, volume).stream());
  }

  private static Optional<Volume> ofVolume(JsonObject pod, JsonObject volume) {
    var claim = volume.getJsonObject("pvcRef", new JsonObject());
    var capacity = volume.getLong("capacityBytes", 0L);
    var namespace = pod.getString("namespace", "");
    return time(volume.getString("time", ""))
        .filter(at -> capacity > 0 && namespace.equals(claim.getString("namespace")))
        .map(
            at ->
                new Volume(
                    namespace,
                    pod.getString("name", ""),
                    claim.getString("name", ""),
                    at,
                    Fill.of(bytes(volume, capacity), inodes(volume), capacity)));
  }

  /** As df counts: what is reserved for root is neither used nor free. */
  private static Count bytes(JsonObject volume, long capacity) {
    var free = Math.max(0, volume.getLong("availableBytes", 0L));
    return new Count(Math.max(0, volume.getLong("usedBytes", capacity - free)), free);
  }

  /** Some file systems have as many as they like, and say 0. */
  private static Count inodes(JsonObject volume) {
    var all = volume.getLong("inodes", 0L);
    var free = Math.max(0, volume.getLong("inodesFree", all));
    return all > 0 ? new Count(Math.max(0, all - free), free) : new Count(0, 1);
  }

  private static Stream<JsonObject> objects(JsonObject holder, String field) {
    return holder.getJsonArray(field, new JsonArray()).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast);
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
