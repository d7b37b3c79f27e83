package io.generalbots.operator.shard.tenant;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shard.ReshardingPlan;
import io.generalbots.api.v1alpha1.shard.ReshardingProgress;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatusBuilder;
import io.generalbots.api.v1alpha1.shard.ShardStatus;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.shard.published.Endpoint;
import io.generalbots.operator.shard.report.ShardReport;
import io.generalbots.sharding.tenant.RebalancingPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a policy says of the shards of its Tenants: who is where, what would even them out, who
 * moves.
 *
 * @param settlement what is known
 */
public record Census(Settlement settlement) implements ShardReport {

  /** The phase while all serve and somebody moves. */
  @Override
  public Optional<ShardPolicyPhase> phase() {
    return Optional.of(ShardPolicyPhase.RESHARDING).filter(p -> !moving().isEmpty());
  }

  /** Adds what there is to say. */
  @Override
  public void tell(ShardPolicyStatusBuilder status) {
    status.shards(settlement.shards().stream().map(this::told).toList());
    housing().plan().map(this::told).ifPresent(status::plan);
    progress().ifPresent(status::progress);
  }

  /** Whether shards are even, what waits for somebody, and who moves. */
  @Override
  public List<Condition> conditions() {
    return List.of(balanced(), pending(), active());
  }

  private ShardStatus told(String shard) {
    var on = housing().chart().on(shard);
    var all = housing().chart().places().size();
    return new ShardStatus(
        shard,
        Endpoint.ofServer(shard, settlement.policy(), settlement.facts()),
        housing().chart().trouble(shard).isEmpty(),
        on.size(),
        on.stream().mapToLong(Chart::bytes).sum(),
        all == 0 ? null : (Integer) (int) Math.round(100.0 * on.size() / all));
  }

  private ReshardingPlan told(RebalancingPlan plan) {
    return new ReshardingPlan(
        housing().hash(plan),
        plan.moves().size(),
        null,
        plan.bytes(),
        null,
        null,
        "%d tenants to other shards".formatted(plan.moves().size()));
  }

  private Optional<ReshardingProgress> progress() {
    var left = housing().itinerary();
    return Optional.of(left)
        .filter(i -> !i.isEmpty())
        .map(
            i -> {
              var done = Math.max(0, i.total() - i.moves().size());
              var percent = "%d%%".formatted(100 * done / Math.max(1, i.total()));
              return new ReshardingProgress(done, i.total(), null, percent);
            });
  }

  private Condition balanced() {
    return housing()
        .plan()
        .map(
            plan ->
                Conditions.of(
                    "Balanced",
                    false,
                    "Uneven",
                    "%d moves of tenants would even out shards".formatted(plan.moves().size())))
        .orElseGet(
            () ->
                Conditions.of("Balanced", true, "Even", "no move of a tenant would help a shard"));
  }

  private Condition pending() {
    return housing()
        .plan()
        .map(
            plan ->
                Conditions.of(
                    "PlanPending",
                    true,
                    "WaitsForApproval",
                    "a plan moves %d tenants with %d bytes, which nobody has to approve: annotate with %s=%s to begin"
                        .formatted(
                            plan.moves().size(),
                            plan.bytes(),
                            Housing.APPROVE,
                            housing().hash(plan))))
        .orElseGet(
            () -> Conditions.of("PlanPending", false, "NoPlan", "no plan waits for approval"));
  }

  private Condition active() {
    var moving = moving();
    return moving.isEmpty()
        ? Conditions.of("ReshardingActive", false, "NothingMoves", "no tenant moves")
        : Conditions.of(
            "ReshardingActive",
            true,
            "TenantsMove",
            moving.stream()
                .map(t -> "%s to %s".formatted(Settlement.name(t), to(t)))
                .collect(Collectors.joining(", ")));
  }

  private String to(Tenant tenant) {
    return settlement.chosen(tenant).orElse("");
  }

  private List<Tenant> moving() {
    return settlement.tenants().stream().filter(settlement::isMoving).toList();
  }

  private Housing housing() {
    return Housing.of(settlement);
  }
}
