package io.generalbots.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.generalbots.edge.route.Policy;
import io.generalbots.sharding.hash.KeyType;
import io.generalbots.sharding.hash.RoutingTable;
import io.generalbots.sharding.published.Detection;
import io.generalbots.sharding.published.Publication;
import io.generalbots.sharding.published.PublishedRegion;
import io.generalbots.sharding.published.PublishedShard;
import io.generalbots.sharding.published.PublishedTenant;
import io.generalbots.sharding.published.Rules;
import io.generalbots.sharding.published.Scope;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What an operator might publish. */
public final class Published {

  private static final ObjectMapper JSON =
      new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY);

  private Published() {}

  /** By hash, of users.example.com; shards in this list are not ready. */
  public static Publication byHash(KeyType type, String line, Integer... down) {
    var shards =
        IntStream.range(0, 256)
            .mapToObj(n -> shard("by-user-" + n, !List.of(down).contains(n)))
            .toList();
    var rules = new Rules.ByHash("user_id", type, RoutingTable.parse(line), shards);
    return Publication.of(scope("by-user", "users.example.com"), rules);
  }

  /** By tenant: acme is served, and late is on a shard that is not ready. */
  public static Publication byTenant() {
    var rules =
        new Rules.ByTenant(
            List.of(shard("by-tenant-0", true), shard("by-tenant-1", false)),
            List.of(
                new PublishedTenant("acme", List.of("acme.example.com"), "by-tenant-0"),
                new PublishedTenant("late", List.of("late.example.com"), "by-tenant-1")));
    return Publication.of(scope("by-tenant", "tenants.example.com"), rules);
  }

  /** By place, of these regions; the first is the default. */
  public static Publication byPlace(Detection detection, PublishedRegion... regions) {
    var rules = new Rules.ByPlace(List.of(regions), regions[0].name(), detection);
    return Publication.of(scope("by-place", "world.example.com"), rules);
  }

  /** A region that has a country and a continent. */
  public static PublishedRegion region(String name, String places, boolean ready) {
    return region(name, places, ready, null);
  }

  /** The same, and when it came up. */
  public static PublishedRegion region(
      String name, String places, boolean ready, @Nullable String since) {
    var codes = places.split(" ", -1);
    return new PublishedRegion(
        name,
        "http://" + name + "-gateway.bots.svc:8080",
        List.of(codes[0]),
        List.of(codes[1]),
        ready,
        since);
  }

  /** As it stands in a ConfigMap. */
  public static String json(Publication publication) {
    try {
      return JSON.writeValueAsString(publication);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record can be written", e);
    }
  }

  /** Ready to decide. */
  public static Policy policy(Publication publication) {
    return Policy.of(publication);
  }

  private static PublishedShard shard(String name, boolean ready) {
    return new PublishedShard(name, "prod-pooler.bots.svc:6432", "botserver", ready);
  }

  private static Scope scope(String policy, String host) {
    return new Scope("bots", policy, "prod", List.of(host));
  }
}
