package io.generalbots.edge.route;

import io.generalbots.sharding.hash.KeyHash;
import io.generalbots.sharding.hash.KeyRange;
import io.generalbots.sharding.hash.Route;
import io.generalbots.sharding.published.PublishedShard;
import io.generalbots.sharding.published.Rules;
import io.generalbots.sharding.published.Scope;
import java.util.List;
import java.util.Locale;

/**
 * A shard by the hash of a key.
 *
 * @param name of the policy
 * @param hosts whose requests it is for
 * @param rules of it
 * @param targets the shards by number
 */
record HashPolicy(String name, List<String> hosts, Rules.ByHash rules, List<Target> targets)
    implements Policy {

  static HashPolicy of(Scope scope, Rules.ByHash rules) {
    var targets = rules.shards().stream().<Target>map(Target.Shard::of).toList();
    return new HashPolicy(scope.policy(), scope.hosts(), rules, targets);
  }

  @Override
  public Decision decide(Facts facts, Surroundings surroundings) {
    try {
      return facts.keys().named(rules.key()).map(this::found).orElseGet(this::missing);
    } catch (IllegalArgumentException e) {
      return Decision.refused(Outcome.BAD_REQUEST, name, String.valueOf(e.getMessage()));
    }
  }

  private Decision missing() {
    return Decision.refused(
        Outcome.BAD_REQUEST,
        name,
        "the key is missing: send it as header %s or as parameter %s"
            .formatted(Keys.HEADER, rules.key()));
  }

  private Decision found(String key) {
    var hash = KeyHash.of(canonical(key));
    var route = rules.table().routeOf(hash);
    var shard = rules.shards().get(route.shard());
    var target = targets.get(route.shard());
    if (!shard.ready()) {
      return Decision.down(
          name, target, "shard %s is not ready; keys of others are served".formatted(shard.name()));
    }
    var stage = route.stage().name().toLowerCase(Locale.ROOT);
    return Decision.routed(name, target, stage, words(hash, route, shard));
  }

  /** The key itself is not said again: it goes into logs of others. */
  private String canonical(String key) {
    try {
      return rules.keyType().canonical(key);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the key is no " + rules.keyType().name().toLowerCase(Locale.ROOT), e);
    }
  }

  private String words(long hash, Route route, PublishedShard shard) {
    return "hash "
        + Long.toHexString(hash)
        + ", range "
        + KeyRange.of(hash)
        + ": by "
        + rules.table()
        + " number "
        + route.shard()
        + ", "
        + shard.name();
  }
}
