package io.generalbots.operator.shard.tenant;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shard.Approval;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.residents.Shelter;
import io.generalbots.sharding.tenant.Assignment;
import io.generalbots.sharding.tenant.PlacementPlan;
import io.generalbots.sharding.tenant.RebalancingPlan;
import io.generalbots.sharding.tenant.Unplaced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which shard is chosen for whom in this round. Who has a shard keeps it, until somebody pins it
 * elsewhere or approves a plan; of those that are to move, no more do at a time than the policy
 * says, and who has begun goes on.
 *
 * @param settlement what is known
 * @param chart where everybody is
 * @param placement what is planned for those who have nothing yet
 * @param itinerary moves that were approved
 * @param plan what would even out shards; empty while nothing would, or while a plan is carried out
 */
record Housing(
    Settlement settlement,
    Chart chart,
    PlacementPlan placement,
    Itinerary itinerary,
    Optional<RebalancingPlan> plan) {

  /** A plan waits for it. */
  static final String APPROVE = "generalbots.io/approve";

  static Housing of(Settlement settlement) {
    return settlement.facts().findings().of(Housing.class, () -> planned(settlement));
  }

  private static Housing planned(Settlement settlement) {
    var chart = Chart.of(settlement);
    var left = Itinerary.of(settlement);
    var housing = new Housing(settlement, chart, chart.placement(), left, plan(chart, left));
    return housing.plan().filter(housing::isApproved).map(housing::begun).orElse(housing);
  }

  private static Optional<RebalancingPlan> plan(Chart chart, Itinerary left) {
    var settlement = chart.settlement();
    return Optional.of(chart)
        .filter(c -> left.isEmpty())
        .filter(c -> settlement.tenants().stream().noneMatch(settlement::isMoving))
        .map(Chart::rebalancing)
        .filter(p -> !p.moves().isEmpty());
  }

  private Housing begun(RebalancingPlan approved) {
    return new Housing(settlement, chart, placement, Itinerary.of(approved), Optional.empty());
  }

  /** What it is approved by. */
  String hash(RebalancingPlan plan) {
    return plan.hash(settlement.policy().getMetadata().getName());
  }

  private boolean isApproved(RebalancingPlan plan) {
    var policy = settlement.policy();
    return policy.getSpec().approval() == Approval.AUTOMATIC
        || hash(plan).equals(Objects.annotations(policy).get(APPROVE));
  }

  /** What every Tenant is told. */
  List<Shelter> shelters() {
    var free = new int[] {free()};
    var assigned =
        placement.assignments().stream()
            .collect(Collectors.toMap(Assignment::tenant, Assignment::shard));
    var unplaced =
        placement.unplaced().stream().collect(Collectors.toMap(Unplaced::tenant, u -> u));
    var all = new ArrayList<Shelter>();
    for (var tenant : settlement.tenants()) {
      var name = Settlement.name(tenant);
      var shard = chart.place(tenant).or(() -> Optional.ofNullable(assigned.get(name)));
      all.add(
          shard
              .map(here -> settled(tenant, here, free))
              .orElseGet(() -> shelter(tenant, "", words(unplaced, name))));
    }
    return all;
  }

  /** Moves that may begin beside those that have. */
  private int free() {
    var moving = settlement.tenants().stream().filter(settlement::isMoving).count();
    return settlement.policy().getSpec().maxConcurrentMoves() - (int) moving;
  }

  private Shelter settled(Tenant tenant, String here, int[] free) {
    var to = target(tenant).filter(shard -> !shard.equals(here));
    if (to.isEmpty()) {
      return shelter(tenant, here, refusal(tenant).orElse(""));
    }
    var isUnderWay = settlement.isMoving(tenant) && settlement.chosen(tenant).equals(to);
    var against = isUnderWay ? Optional.<String>empty() : against(to.get());
    if (against.isPresent()) {
      return shelter(tenant, here, "it stays on %s: %s".formatted(here, against.get()));
    } else if (isUnderWay || free[0]-- > 0) {
      return shelter(tenant, to.get(), "");
    }
    return shelter(tenant, here, "it moves to %s after others".formatted(to.get()));
  }

  /** Where it is to be: where somebody wants it, or a plan does. */
  private Optional<String> target(Tenant tenant) {
    return settlement
        .pin(tenant)
        .or(() -> Optional.ofNullable(itinerary.moves().get(Settlement.name(tenant))));
  }

  /** What is asked for and never can be. */
  private static Optional<String> refusal(Tenant tenant) {
    return Settlement.wanted(tenant)
        .filter(shard -> Settlement.shares(tenant))
        .map(shard -> "a schema is in a database of many, which stays where it is");
  }

  /** Why nobody can be moved to a shard. */
  private Optional<String> against(String shard) {
    if (!settlement.shards().contains(shard)) {
      return Optional.of("there is no shard " + shard);
    }
    return chart
        .trouble(shard)
        .or(
            () ->
                Optional.of("shard %s is full".formatted(shard))
                    .filter(f -> chart.on(shard).size() + coming(shard) >= most()));
  }

  private long coming(String shard) {
    return settlement.tenants().stream()
        .filter(settlement::isMoving)
        .filter(t -> settlement.chosen(t).filter(shard::equals).isPresent())
        .count();
  }

  private int most() {
    return settlement.wish().maxTenantsPerShard();
  }

  private Shelter shelter(Tenant tenant, String shard, String message) {
    var trouble = shard.isEmpty() ? Optional.<String>empty() : chart.trouble(shard);
    var meta = tenant.getMetadata();
    return new Shelter(
        meta.getName(),
        meta.getNamespace(),
        shard,
        !shard.isEmpty() && trouble.isEmpty(),
        trouble.or(() -> Optional.of(message)).get());
  }

  private static String words(Map<String, Unplaced> unplaced, String tenant) {
    return Optional.ofNullable(unplaced.get(tenant)).map(Unplaced::message).orElse("");
  }
}
