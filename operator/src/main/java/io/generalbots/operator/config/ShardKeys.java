package io.generalbots.operator.config;

import static io.generalbots.operator.config.Target.SHARD_POLICY;

import java.util.List;

/** The settings that are fields of a ShardPolicy. */
final class ShardKeys {

  static final List<ConfigKey> ALL =
      List.of(
          SHARD_POLICY.choice("shard-algorithm", "hash.algorithm", "consistent-hash", "modulo"),
          SHARD_POLICY.flag("shard-auto-archive", "time.autoArchive"),
          SHARD_POLICY.flag("shard-auto-provision", "tenant.autoProvision"),
          SHARD_POLICY.number("shard-count", "hash.count"),
          SHARD_POLICY.text("shard-default", "geo.default"),
          SHARD_POLICY.choice("shard-detection", "geo.detection", "ip", "header"),
          SHARD_POLICY.choice(
              "shard-interval", "time.interval", "daily", "weekly", "monthly", "yearly"),
          SHARD_POLICY.choice(
              "shard-isolation-level", "tenant.isolation", "database", "schema", "cell"),
          SHARD_POLICY.text("shard-key", "hash.key"),
          SHARD_POLICY.names("shard-regions", "geo.regions[].name"),
          SHARD_POLICY.number("shard-retention-months", "time.retentionMonths"),
          SHARD_POLICY.choice("shard-strategy", "strategy", "tenant", "hash", "time", "geo"));

  private ShardKeys() {}
}
