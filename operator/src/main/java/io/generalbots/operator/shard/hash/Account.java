package io.generalbots.operator.shard.hash;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.ReshardingPlan;
import io.generalbots.api.v1alpha1.shard.ReshardingProgress;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatusBuilder;
import io.generalbots.api.v1alpha1.shard.ShardStatus;
import io.generalbots.operator.external.spread.ShardSeen;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.shard.report.ShardReport;
import io.generalbots.sharding.hash.KeyRange;
import io.generalbots.sharding.hash.Resharding;
import java.util.List;
import java.util.Optional;

/**
 * What a policy says of its shards: their shares, the plan, how far it is.
 *
 * @param policy whose shards
 * @param cluster whose rows
 * @param facts what was seen
 */
public record Account(ShardPolicy policy, BotCluster cluster, Facts facts) implements ShardReport {

  /** What a range takes at least, and what crosses in a second; both measured on two cores. */
  private static final double RANGE_SECONDS = 0.07;

  private static final double BYTES_A_SECOND = 1.5e6;

  /** The phase while all serve, and a plan waits or rows move. */
  @Override
  public Optional<ShardPolicyPhase> phase() {
    return course()
        .flatMap(
            c ->
                c.underway()
                    .map(r -> ShardPolicyPhase.RESHARDING)
                    .or(() -> c.pending().map(p -> ShardPolicyPhase.PLAN_PENDING)));
  }

  /** Adds what there is to say. */
  @Override
  public void tell(ShardPolicyStatusBuilder status) {
    course()
        .ifPresent(
            course -> {
              status.shards(shards(course.known()));
              course.pending().map(plan -> told(course.known(), plan)).ifPresent(status::plan);
              course.underway().map(Account::told).ifPresent(status::progress);
            });
  }

  /** Whether rows are where they should be, and what keeps them from it. */
  @Override
  public List<Condition> conditions() {
    return course()
        .map(c -> List.of(balanced(c), pending(c), active(c), inSync(c)))
        .orElse(List.of());
  }

  private Optional<Course> course() {
    return Known.of(policy, facts).map(Course::new);
  }

  private List<ShardStatus> shards(Known known) {
    var all = known.shards().stream().mapToLong(Known::keys).sum();
    return known.shards().stream().map(shard -> told(shard, all)).toList();
  }

  /** The share is that of keys: what has moved away leaves room behind that nobody uses yet. */
  private ShardStatus told(ShardSeen shard, long all) {
    var open = shard.state() == ShardSeen.State.OPEN;
    var bytes = Known.bytes(shard);
    var share = all == 0 ? null : (Integer) (int) Math.round(100.0 * Known.keys(shard) / all);
    return new ShardStatus(
        new Layout(policy).name(shard.shard().number()),
        Routing.endpoint(shard, policy, cluster, facts),
        open,
        null,
        open ? bytes : null,
        open ? share : null);
  }

  private static ReshardingPlan told(
      Known known, io.generalbots.sharding.hash.ReshardingPlan plan) {
    var moved = plan.expected();
    var seconds = KeyRange.COUNT * RANGE_SECONDS + moved.bytes() / BYTES_A_SECOND;
    return new ReshardingPlan(
        known.name(plan),
        KeyRange.COUNT,
        moved.keys(),
        moved.bytes(),
        known.tables().size(),
        Math.round(seconds),
        "%d to %d shards".formatted(plan.from(), plan.to()));
  }

  private static ReshardingProgress told(Resharding resharding) {
    var done = resharding.frontier();
    return new ReshardingProgress(
        done, KeyRange.COUNT, null, "%d%%".formatted(100 * done / KeyRange.COUNT));
  }

  private static Condition balanced(Course course) {
    var count = course.known().turn().table().count();
    var wish = course.known().wish().count();
    return course.underway().isEmpty() && count == wish
        ? Conditions.of("Balanced", true, "AsWished", "%d shards have all rows".formatted(count))
        : Conditions.of(
            "Balanced",
            false,
            "CountDiffers",
            "rows are on %d shards, and %d are wished".formatted(count, wish));
  }

  private static Condition pending(Course course) {
    return course
        .pending()
        .<Condition>map(
            plan ->
                Conditions.of(
                    "PlanPending",
                    true,
                    "WaitsForApproval",
                    "a plan moves about %d keys and %d bytes from %d to %d shards: annotate with %s=%s to begin"
                        .formatted(
                            plan.expected().keys(),
                            plan.expected().bytes(),
                            plan.from(),
                            plan.to(),
                            Course.APPROVE,
                            course.known().name(plan))))
        .orElseGet(
            () -> Conditions.of("PlanPending", false, "NoPlan", "no plan waits for approval"));
  }

  private static Condition active(Course course) {
    return course
        .underway()
        .map(
            r ->
                Conditions.of(
                    "ReshardingActive",
                    true,
                    "RowsMove",
                    "from %d to %d shards, %d of %d ranges have moved"
                        .formatted(r.from(), r.to(), r.frontier(), KeyRange.COUNT)))
        .orElseGet(() -> Conditions.of("ReshardingActive", false, "NothingMoves", "no rows move"));
  }

  private static Condition inSync(Course course) {
    return course.known().isAgreed()
        ? Conditions.of(
            "ReshardingInSync", true, "AllAgree", "all shards know the same of who has which key")
        : Conditions.of(
            "ReshardingInSync",
            false,
            "ShardBehind",
            "a shard has yet to hear of a change: nobody writes to what it is about meanwhile");
  }
}
