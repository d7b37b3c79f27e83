package io.generalbots.operator.external.qdrant;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Understands what Qdrant answers. */
final class Reading {

  private static final String PEER = "peer_id";
  private static final String SHARD = "shard_id";
  private static final Pattern ORDINAL = Pattern.compile("^https?://[^./:]*-(\\d+)[./:]");

  private Reading() {}

  /** The number of the pod that a peer's address names; negative if it names none. */
  static int ordinal(String uri) {
    var matcher = ORDINAL.matcher(uri);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  /** The id of the server that gave {@code /cluster}. */
  static long self(JsonObject cluster) {
    return cluster.getLong(PEER);
  }

  /** Who is in the cluster according to {@code /cluster}. */
  static List<Peer> members(JsonObject cluster, ToIntFunction<String> ordinals) {
    return cluster.getJsonObject("peers").stream()
        .map(e -> new Peer(Long.parseLong(e.getKey()), ordinals.applyAsInt(uri(e.getValue()))))
        .sorted(Comparator.comparingInt(Peer::ordinal).thenComparingLong(Peer::id))
        .toList();
  }

  /** The names in {@code /collections}. */
  static List<String> names(JsonObject collections) {
    return objects(collections.getJsonArray("collections"))
        .map(c -> c.getString("name"))
        .sorted()
        .toList();
  }

  /** A collection from {@code /collections/NAME} and {@code /collections/NAME/cluster}. */
  static Collection collection(String name, JsonObject info, JsonObject placement) {
    var schema = info.getJsonObject("payload_schema", new JsonObject());
    return new Collection(
        name,
        info.getJsonObject("config").getJsonObject("params").getInteger("replication_factor", 1),
        schema.fieldNames(),
        replicas(placement),
        moving(placement));
  }

  /** Every copy, whether the server that gave the placement has it or another. */
  static List<Replica> replicas(JsonObject placement) {
    var all = new ArrayList<Replica>();
    var self = placement.getLong(PEER);
    objects(placement.getJsonArray("local_shards"))
        .forEach(s -> all.add(new Replica(s.getInteger(SHARD), self, s.getString("state"))));
    objects(placement.getJsonArray("remote_shards"))
        .map(s -> new Replica(s.getInteger(SHARD), s.getLong(PEER), s.getString("state")))
        .forEach(all::add);
    all.sort(Comparator.comparingInt(Replica::shard).thenComparingLong(Replica::peer));
    return all;
  }

  /** The shards under way. */
  static Set<Integer> moving(JsonObject placement) {
    return objects(placement.getJsonArray("shard_transfers"))
        .map(t -> t.getInteger(SHARD))
        .collect(Collectors.toSet());
  }

  private static String uri(Object peer) {
    return ((JsonObject) peer).getString("uri");
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }
}
