package io.generalbots.operator.external.spread;

import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Step;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes down in the BotCluster's own database which Tenant is on which shard.
 *
 * @param cluster the name of the BotCluster
 * @param policy that placed them
 * @param shards by the names of Tenants
 */
public record TellTenants(String cluster, String policy, Map<String, String> shards)
    implements Step {

  public TellTenants {
    shards = new TreeMap<>(shards);
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "PlacesTold", "the places of %d tenants are written down".formatted(shards.size()));
  }
}
