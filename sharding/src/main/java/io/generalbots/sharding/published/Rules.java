package io.generalbots.sharding.published;

import io.generalbots.sharding.geo.Regions;
import io.generalbots.sharding.hash.KeyType;
import io.generalbots.sharding.hash.RoutingTable;
import java.util.List;

/** What a policy decides by. */
public sealed interface Rules {

  /** Name of the strategy, in the document and in the API. */
  String strategy();

  /** The document that says this. */
  Publication publishedFor(Scope scope);

  /**
   * By the hash of a key.
   *
   * @param key column that has it, and the parameter of a query
   * @param keyType what a key is
   * @param table says which shard
   * @param shards by number; there may be more than the table knows, such as one that is about to
   *     come
   */
  record ByHash(String key, KeyType keyType, RoutingTable table, List<PublishedShard> shards)
      implements Rules {

    static final String NAME = "Hash";

    /** Refuses a table that leads to a shard that there is not. */
    public ByHash {
      Form.COLUMN.checked("key", key);
      shards = Form.listed(shards);
      Form.checkOnce("a shard", shards.stream().map(PublishedShard::name));
      if (shards.size() < table.shards()) {
        throw new IllegalArgumentException(
            "the line needs %d shards, and there are %d".formatted(table.shards(), shards.size()));
      }
    }

    @Override
    public String strategy() {
      return NAME;
    }

    @Override
    public Publication publishedFor(Scope scope) {
      return new Publication(
          Publication.VERSION,
          scope.namespace(),
          scope.policy(),
          scope.cluster(),
          NAME,
          scope.hosts(),
          key,
          keyType,
          table.toString(),
          shards,
          List.of(),
          List.of(),
          null,
          null);
    }
  }

  /** By tenant, each on a shard of these. */
  record ByTenant(List<PublishedShard> shards, List<PublishedTenant> tenants) implements Rules {

    static final String NAME = "Tenant";

    /** Refuses a tenant without a shard, and a host of two tenants. */
    public ByTenant {
      shards = Form.listed(shards);
      tenants = Form.listed(tenants);
      Form.checkOnce("a shard", shards.stream().map(PublishedShard::name));
      Form.checkOnce("a tenant", tenants.stream().map(PublishedTenant::name));
      Form.checkOnce("a host", tenants.stream().flatMap(t -> t.hosts().stream()));
      var names = shards.stream().map(PublishedShard::name).toList();
      tenants.forEach(tenant -> checkShard(tenant, names));
    }

    private static void checkShard(PublishedTenant tenant, List<String> shards) {
      if (!shards.contains(tenant.shard())) {
        throw new IllegalArgumentException(
            "tenant %s is on shard %s, which is not there"
                .formatted(tenant.name(), tenant.shard()));
      }
    }

    @Override
    public String strategy() {
      return NAME;
    }

    @Override
    public Publication publishedFor(Scope scope) {
      return new Publication(
          Publication.VERSION,
          scope.namespace(),
          scope.policy(),
          scope.cluster(),
          NAME,
          scope.hosts(),
          null,
          null,
          null,
          shards,
          tenants,
          List.of(),
          null,
          null);
    }
  }

  /**
   * By where users are.
   *
   * @param regions in the order of the policy
   * @param defaultRegion name of the one for users of nowhere
   * @param detection how the place is found
   */
  record ByPlace(List<PublishedRegion> regions, String defaultRegion, Detection detection)
      implements Rules {

    static final String NAME = "Geo";

    /** Refuses what {@link Regions} refuses. */
    public ByPlace {
      regions = Form.listed(regions);
      Form.LABEL.checked("defaultRegion", defaultRegion);
      new Regions(regions.stream().map(PublishedRegion::place).toList(), defaultRegion);
    }

    /** The regions as the rules of preference know them. */
    public Regions places() {
      return new Regions(regions.stream().map(PublishedRegion::place).toList(), defaultRegion);
    }

    @Override
    public String strategy() {
      return NAME;
    }

    @Override
    public Publication publishedFor(Scope scope) {
      return new Publication(
          Publication.VERSION,
          scope.namespace(),
          scope.policy(),
          scope.cluster(),
          NAME,
          scope.hosts(),
          null,
          null,
          null,
          List.of(),
          List.of(),
          regions,
          defaultRegion,
          detection.label());
    }
  }
}
