package io.generalbots.operator.shard.tenant;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.residents.Shelter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Tells Tenants on which shard their databases are to be. What it told goes with the policy: they
 * stay where they are then.
 *
 * @param settlement what is known of them
 */
public record Placements(Settlement settlement) implements Component<ShardPolicy> {

  /** The BotClusters of shards: those that are there, and those that somebody waits for. */
  public static List<String> servers(Settlement settlement) {
    var names = new TreeSet<>(settlement.shards());
    names.addAll(Housing.of(settlement).placement().newShards());
    names.remove(settlement.own());
    return List.copyOf(names);
  }

  @Override
  public String name() {
    return Shelter.COMPONENT;
  }

  @Override
  public Plan plan(ShardPolicy policy, Facts facts) {
    var housing = Housing.of(settlement);
    var own = settlement.own();
    var wishes = new ArrayList<Wish>();
    var chooser = Shelter.chooser(own, policy.getMetadata().getName(), housing.itinerary().kept());
    wishes.add(new Wish.Managed(chooser));
    housing.shelters().forEach(s -> wishes.add(new Wish.Managed(s.secret(own))));
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(ShardPolicy policy, Facts facts) {
    var housing = Housing.of(settlement);
    var shards = settlement.shards();
    var ready = (int) shards.stream().filter(s -> housing.chart().trouble(s).isEmpty()).count();
    return health(housing).counting(ready, shards.size());
  }

  private Health health(Housing housing) {
    var chart = housing.chart();
    var down = settlement.shards().stream().flatMap(s -> chart.trouble(s).stream()).findFirst();
    if (down.isPresent()) {
      return Health.degraded(
          "ShardNotReady", down.get() + "; nobody new comes there, and all others are served");
    }
    return housing.placement().unplaced().stream()
        .findFirst()
        .map(u -> Health.degraded("TenantsWait", u.message()))
        .orElseGet(
            () ->
                Health.ready(
                    "%d tenants are on %d shards"
                        .formatted(chart.places().size(), settlement.shards().size())));
  }
}
