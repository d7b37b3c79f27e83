package io.generalbots.operator.schema;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The schemas of our kinds, from the definitions the API module generates. */
public final class Definitions {

  private static final Schema BOT_CLUSTER = load("botclusters");
  private static final Schema SHARD_POLICY = load("shardpolicies");
  private static final Schema TENANT = load("tenants");

  private Definitions() {}

  /** The schema of BotCluster. */
  public static Schema botCluster() {
    return BOT_CLUSTER;
  }

  /** The schema of ShardPolicy. */
  public static Schema shardPolicy() {
    return SHARD_POLICY;
  }

  /** The schema of Tenant. */
  public static Schema tenant() {
    return TENANT;
  }

  private static Schema load(String plural) {
    var path = "/META-INF/fabric8/" + plural + ".generalbots.io-v1.yml";
    try (var in = Definitions.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the API module holds no " + path);
      }
      return Schema.of(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("unreadable: " + path, e);
    }
  }
}
