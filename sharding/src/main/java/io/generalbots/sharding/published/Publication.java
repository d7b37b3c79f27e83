package io.generalbots.sharding.published;

import io.generalbots.sharding.hash.KeyType;
import io.generalbots.sharding.hash.RoutingTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a router has to know of one ShardPolicy: the document in key {@value #FILE} of its
 * ConfigMap. Each component is the field of that name; those of other strategies are null or empty,
 * and a writer leaves them out.
 *
 * <p>A writer makes it {@link #of} rules, which are checked when they are made; a reader asks for
 * its {@link #rules}, and then they are.
 *
 * @param version of the document: {@value #VERSION}
 * @param namespace of policy and cluster
 * @param policy name of the ShardPolicy
 * @param cluster name of its BotCluster
 * @param strategy Hash, Tenant or Geo
 * @param hosts that requests for it come to
 * @param key column that has the key, with Hash
 * @param keyType what a key is, with Hash
 * @param line the {@link RoutingTable}, with Hash
 * @param shards with Hash by number, and with Tenant
 * @param tenants with Tenant
 * @param regions with Geo
 * @param defaultRegion with Geo
 * @param detection Ip or Header, with Geo
 */
public record Publication(
    int version,
    String namespace,
    String policy,
    String cluster,
    String strategy,
    List<String> hosts,
    @Nullable String key,
    @Nullable KeyType keyType,
    @Nullable String line,
    List<PublishedShard> shards,
    List<PublishedTenant> tenants,
    List<PublishedRegion> regions,
    @Nullable String defaultRegion,
    @Nullable String detection) {

  /** The version that is known here. */
  public static final int VERSION = 1;

  /** Key of the ConfigMap that holds the document. */
  public static final String FILE = "routing.json";

  /** Label of every such ConfigMap. */
  public static final String LABEL = "generalbots.io/routing";

  /** Value of the label. */
  public static final String LABEL_VALUE = "published";

  /**
   * Refuses another version, and names that are none.
   *
   * @throws IllegalArgumentException with the reason
   */
  public Publication {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "only version %d is known here, not %d".formatted(VERSION, version));
    }
    Form.WORD.checked("strategy", strategy);
    hosts = new Scope(namespace, policy, cluster, hosts).hosts();
    shards = Form.listed(shards);
    tenants = Form.listed(tenants);
    regions = Form.listed(regions);
  }

  /** The document of these rules; it has {@link #rules} again. */
  public static Publication of(Scope scope, Rules rules) {
    return rules.publishedFor(scope);
  }

  /** Name of the ConfigMap of a policy. */
  public static String configMap(String policy) {
    return policy + "-routing";
  }

  /** Whose they are. */
  public Scope scope() {
    return new Scope(namespace, policy, cluster, hosts);
  }

  /**
   * What it says, checked to the end. A reader does this once, before it drops what it had.
   *
   * @throws IllegalArgumentException with the reason, if it cannot work
   */
  public Rules rules() {
    return switch (strategy) {
      case Rules.ByHash.NAME -> byHash();
      case Rules.ByTenant.NAME -> new Rules.ByTenant(shards, tenants);
      case Rules.ByPlace.NAME -> byPlace();
      default ->
          throw new IllegalArgumentException(
              "strategy is Hash, Tenant or Geo, not " + Form.shown(strategy));
    };
  }

  private Rules byHash() {
    if (key == null || keyType == null || line == null) {
      throw new IllegalArgumentException("strategy Hash needs key, keyType and line");
    }
    return new Rules.ByHash(key, keyType, RoutingTable.parse(line), shards);
  }

  private Rules byPlace() {
    if (defaultRegion == null || detection == null) {
      throw new IllegalArgumentException("strategy Geo needs defaultRegion and detection");
    }
    return new Rules.ByPlace(regions, defaultRegion, Detection.labelled(detection));
  }
}
