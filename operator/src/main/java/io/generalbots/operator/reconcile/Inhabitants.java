package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shard.Strategy;
import io.generalbots.operator.kernel.Informers;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.SharedSource;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.residents.Shelter;
import io.generalbots.operator.tenant.CompleteTenant;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What policies that place Tenants see of these, and what wakes them. */
final class Inhabitants {

  /** The index of Tenants by their BotCluster. */
  private static final String INDEX = "inhabitants";

  private static final Set<String> TOLD =
      Set.of(Registration.COMPONENT, Remains.COMPONENT, Shelter.COMPONENT);

  private static final UserChange EDITS = new UserChange();

  private Inhabitants() {}

  /** The Tenants, and the Secrets that say where they are. */
  static List<EventSource<?, ShardPolicy>> sources(
      EventSourceContext<ShardPolicy> context, Informers informers) {
    return List.of(tenants(context), secrets(context, informers));
  }

  /** Those on the BotCluster of a policy that places them. */
  static List<Tenant> tenants(ShardPolicy policy, Context<ShardPolicy> context) {
    var source = context.eventSourceRetriever().getEventSourceFor(Tenant.class);
    if (source instanceof InformerEventSource<Tenant, ?> informer && places(policy)) {
      return informer.byIndex(INDEX, ShardPolicySight.place(policy)).stream()
          .filter(t -> t.getMetadata().getDeletionTimestamp() == null)
          .map(CompleteTenant::of)
          .toList();
    }
    return List.of();
  }

  /** What their loops told the BotCluster. */
  static List<Secret> registrations(ShardPolicy policy, Context<ShardPolicy> context) {
    return secrets(policy, context).stream()
        .filter(s -> !Shelter.COMPONENT.equals(component(s)))
        .toList();
  }

  /** What the policy told them. */
  static List<Secret> placements(ShardPolicy policy, Context<ShardPolicy> context) {
    return secrets(policy, context).stream()
        .filter(s -> Shelter.COMPONENT.equals(component(s)))
        .filter(s -> name(policy).equals(Objects.labels(s).get(Labels.SHARD_POLICY)))
        .toList();
  }

  private static List<Secret> secrets(ShardPolicy policy, Context<ShardPolicy> context) {
    var source = context.eventSourceRetriever().getEventSourceFor(Secret.class);
    if (source instanceof SharedSource<?, ?> shared && places(policy)) {
      return shared.byIndex(ShardPolicySight.place(policy)).stream()
          .map(Secret.class::cast)
          .toList();
    }
    return List.of();
  }

  private static EventSource<?, ShardPolicy> tenants(EventSourceContext<ShardPolicy> context) {
    var configuration =
        InformerEventSourceConfiguration.from(Tenant.class, ShardPolicy.class)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(t -> placing(place(t), context))
            .withPrimaryToSecondaryMapper(policy -> Set.<ResourceID>of())
            .withOnUpdateFilter((now, before) -> EDITS.accept(now, before))
            .build();
    var source = new InformerEventSource<>(configuration, context);
    source.addIndexers(Map.of(INDEX, t -> List.of(place(t))));
    return source;
  }

  private static EventSource<?, ShardPolicy> secrets(
      EventSourceContext<ShardPolicy> context, Informers informers) {
    return informers.source(
        new SharedSource.Sight<Secret, ShardPolicy>(
            Secret.class,
            s -> isAbout(s) ? placing(place(s), context) : Set.of(),
            (now, before) -> !java.util.Objects.equals(now.getData(), before.getData()),
            INDEX,
            s -> isAbout(s) ? List.of(place(s)) : List.of(),
            policy -> List.of()),
        context);
  }

  private static Set<ResourceID> placing(String place, EventSourceContext<ShardPolicy> context) {
    return context.getPrimaryCache().byIndex(ShardPolicySight.INDEX, place).stream()
        .filter(Inhabitants::places)
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  private static boolean places(ShardPolicy policy) {
    return policy.getSpec().strategy() == Strategy.TENANT;
  }

  private static boolean isAbout(Secret secret) {
    return TOLD.contains(component(secret));
  }

  private static String component(HasMetadata object) {
    return Objects.labels(object).getOrDefault(Labels.COMPONENT, "");
  }

  private static String place(Tenant tenant) {
    return Neighbourhood.namespace(tenant) + "/" + tenant.getSpec().clusterRef().name();
  }

  private static String place(Secret secret) {
    return secret.getMetadata().getNamespace()
        + "/"
        + Objects.labels(secret).getOrDefault(Labels.CLUSTER, "");
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }
}
