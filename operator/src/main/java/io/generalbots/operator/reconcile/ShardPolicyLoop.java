package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.kernel.Applier;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.EventRecorder;
import io.generalbots.operator.kernel.Informers;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Stamp;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.shard.ShardPolicyBlueprint;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps of a round for ShardPolicies: observe, plan and apply, tell.
 *
 * @param applier writes
 * @param events tells
 * @param sight looks
 * @param informers how what is made for a policy is found
 */
public record ShardPolicyLoop(
    Applier applier, EventRecorder events, ShardPolicySight sight, Informers informers) {

  ShardPolicyBlueprint observe(ShardPolicy policy, Context<ShardPolicy> context) {
    return sight.all(policy, context);
  }

  Outcome apply(ShardPolicyBlueprint blueprint, Context<ShardPolicy> context) {
    var policy = blueprint.scene().policy();
    return applier.apply(
        blueprint.plan(),
        blueprint.facts(),
        stamp(policy),
        () -> Presence.isThere(policy, context));
  }

  void tell(ShardPolicy policy, List<Decision> news) {
    news.forEach(decision -> events.tell(policy, decision));
  }

  /** From one look to the next while nothing is to be done. */
  Duration period() {
    return sight.period();
  }

  List<EventSource<?, ShardPolicy>> sources(EventSourceContext<ShardPolicy> context) {
    context
        .getPrimaryCache()
        .addIndexers(
            Map.of(ShardPolicySight.INDEX, policy -> List.of(ShardPolicySight.place(policy))));
    var clusters =
        InformerEventSourceConfiguration.from(BotCluster.class, ShardPolicy.class)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(c -> on(ShardPolicySight.place(c), context))
            .withPrimaryToSecondaryMapper(ShardPolicyLoop::clusterOf)
            .withOnUpdateFilter(new ClusterTurn())
            .build();
    var sources = new ArrayList<>(informers.<ShardPolicy>sources(ShardPolicySight.KINDS, context));
    sources.add(new InformerEventSource<>(clusters, context));
    sources.add(new Awaited<>(changed -> on(ShardPolicySight.place(changed), context)));
    return sources;
  }

  private static Set<ResourceID> on(String place, EventSourceContext<ShardPolicy> context) {
    return ids(context.getPrimaryCache().byIndex(ShardPolicySight.INDEX, place).stream());
  }

  private static Set<ResourceID> clusterOf(ShardPolicy policy) {
    return Set.of(
        new ResourceID(policy.getSpec().clusterRef().name(), policy.getMetadata().getNamespace()));
  }

  private static Set<ResourceID> ids(Stream<ShardPolicy> policies) {
    return policies.map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  /** The mark on what a policy makes in Kubernetes. */
  private static Stamp stamp(ShardPolicy policy) {
    var labels =
        Map.of(
            Labels.MANAGED_BY,
            Labels.OPERATOR,
            Labels.SHARD_POLICY,
            policy.getMetadata().getName());
    return Stamp.of(policy, labels, Labels.COMPONENT);
  }
}
