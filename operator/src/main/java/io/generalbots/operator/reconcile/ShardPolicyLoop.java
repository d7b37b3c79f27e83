package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.Strategy;
import io.generalbots.operator.external.spread.Shard;
import io.generalbots.operator.kernel.Applier;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.EventRecorder;
import io.generalbots.operator.kernel.Informers;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Stamp;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.shard.ShardPolicyBlueprint;
import io.generalbots.operator.shard.hash.Layout;
import io.generalbots.operator.shard.tenant.Settlement;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

  private static final Map<String, Function<ShardPolicy, List<String>>> INDEXES =
      Map.of(
          ShardPolicySight.INDEX,
          policy -> List.of(ShardPolicySight.place(policy)),
          ShardPolicySight.REGIONS,
          policy -> RegionSight.ids(policy).map(ShardPolicySight::place).toList());

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
    context.getPrimaryCache().addIndexers(INDEXES);
    var clusters =
        InformerEventSourceConfiguration.from(BotCluster.class, ShardPolicy.class)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(c -> concerned(c, context))
            .withPrimaryToSecondaryMapper(ShardPolicyLoop::clustersOf)
            .withOnUpdateFilter(new ClusterTurn())
            .build();
    var sources = new ArrayList<>(informers.<ShardPolicy>sources(ShardPolicySight.KINDS, context));
    sources.add(new InformerEventSource<>(clusters, context));
    sources.addAll(Inhabitants.sources(context, informers));
    sources.addAll(sight.horizon().sources(context));
    sources.add(GatewaySight.source(context, informers));
    sources.add(new Awaited<>(changed -> on(ShardPolicySight.place(changed), context)));
    return sources;
  }

  private static Set<ResourceID> on(String place, EventSourceContext<ShardPolicy> context) {
    return ids(context.getPrimaryCache().byIndex(ShardPolicySight.INDEX, place).stream());
  }

  /** Those on it, and the one that it is a shard of. */
  private static Set<ResourceID> concerned(
      BotCluster cluster, EventSourceContext<ShardPolicy> context) {
    var place = ShardPolicySight.place(cluster);
    var all = new HashSet<>(on(place, context));
    all.addAll(ids(context.getPrimaryCache().byIndex(ShardPolicySight.REGIONS, place).stream()));
    Optional.ofNullable(Objects.labels(cluster).get(Labels.SHARD_POLICY))
        .map(policy -> new ResourceID(policy, cluster.getMetadata().getNamespace()))
        .ifPresent(all::add);
    return all;
  }

  /** The one that it is on, those that are its shards, and those that are its regions. */
  private static Set<ResourceID> clustersOf(ShardPolicy policy) {
    var namespace = policy.getMetadata().getNamespace();
    var own =
        Stream.concat(Stream.of(policy.getSpec().clusterRef().name()), shardsOf(policy))
            .map(name -> new ResourceID(name, namespace));
    return Stream.concat(own, RegionSight.ids(policy)).collect(Collectors.toSet());
  }

  /** Of those of Tenants some may be gone: any number may be the next. */
  private static Stream<String> shardsOf(ShardPolicy policy) {
    return policy.getSpec().strategy() == Strategy.TENANT
        ? Settlement.possible(policy)
        : new Layout(policy).places(ShardPolicySight.most(policy)).stream().map(Shard::cluster);
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
