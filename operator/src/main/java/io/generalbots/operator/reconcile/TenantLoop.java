package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Applier;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.EventRecorder;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Informers;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Readings;
import io.generalbots.operator.kernel.Stamp;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.tenant.Farewell;
import io.generalbots.operator.tenant.TenantBlueprint;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The steps of a round for Tenants: observe, plan and apply in two places, tell.
 *
 * @param applier writes
 * @param events tells
 * @param sight reads the caches
 * @param informers how what is made in a Tenant's own namespace is found
 * @param readings what servers are asked for
 */
public record TenantLoop(
    Applier applier,
    EventRecorder events,
    TenantSight sight,
    Informers informers,
    Readings<Tenant> readings) {

  /** Every kind of object at a Tenant's home beside Secrets, and the pods and claims of them. */
  public static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          Deployment.class,
          Job.class,
          Pod.class,
          Service.class,
          ConfigMap.class,
          PersistentVolumeClaim.class,
          PodDisruptionBudget.class,
          NetworkPolicy.class,
          ServiceAccount.class);

  TenantBlueprint observe(Tenant tenant, Context<Tenant> context) {
    return new TenantBlueprint(tenant, sight.all(tenant, context), sight.near(tenant, context));
  }

  /** Beside the BotCluster first: stores let nobody in of whom they have not been told. */
  Outcome apply(TenantBlueprint blueprint, Context<Tenant> context) {
    var abroad = sight.abroad(blueprint.tenant(), blueprint.near());
    var plans = new Plans(blueprint.abroad(abroad), blueprint.atHome());
    var round = new Round(blueprint.tenant(), blueprint.home(), blueprint.near());
    return apply(plans, round, () -> Presence.isThere(blueprint.tenant(), context));
  }

  Farewell leave(Tenant tenant, Context<Tenant> context) {
    return new Farewell(tenant, sight.home(tenant, context), sight.near(tenant, context));
  }

  Outcome apply(Farewell farewell) {
    var plans = new Plans(farewell.abroad(), farewell.atHome());
    var round = new Round(farewell.tenant(), farewell.home(), farewell.near());
    var outcome = apply(plans, round, () -> false);
    var results = new LinkedHashMap<>(outcome.results());
    var last = new Plans(farewell.afterwards(outcome), Map.of());
    results.putAll(apply(last, round, () -> false).results());
    return new Outcome(results);
  }

  void tell(Tenant tenant, List<Decision> news) {
    news.forEach(decision -> events.tell(tenant, decision));
  }

  List<EventSource<?, Tenant>> sources(EventSourceContext<Tenant> context) {
    var sources = new ArrayList<>(new TenantSources(context, informers).all());
    sources.addAll(informers.sources(KINDS, context));
    sources.add(readings.source(context));
    return sources;
  }

  /** Whether what somebody else has keeps it from what it asks for. */
  static boolean waitsForOthers(Tenant tenant) {
    return Optional.ofNullable(tenant.getStatus())
        .filter(TenantBlueprint::waitsForOthers)
        .isPresent();
  }

  private Outcome apply(Plans plans, Round round, BooleanSupplier isThere) {
    var results = new LinkedHashMap<String, Outcome.Result>();
    round
        .near()
        .cluster()
        .map(cluster -> abroad(round.tenant(), cluster))
        .map(
            s ->
                applier.apply(
                    plans.abroad(), sight.abroad(round.tenant(), round.near()), s, isThere))
        .ifPresent(outcome -> results.putAll(outcome.results()));
    results.putAll(
        applier.apply(plans.atHome(), round.home(), home(round.tenant()), isThere).results());
    return new Outcome(results);
  }

  /** The mark on what is in its own namespace. */
  public static Stamp home(Tenant tenant) {
    var labels =
        Map.of(Labels.MANAGED_BY, Labels.OPERATOR, Labels.TENANT, tenant.getMetadata().getName());
    return Stamp.of(tenant, labels, Labels.COMPONENT);
  }

  /**
   * The mark on what is beside its BotCluster. It goes with that, which does not control it though:
   * all Tenants write there under the same owner, and whose an object is, the labels tell.
   */
  public static Stamp abroad(Tenant tenant, BotCluster cluster) {
    var labels =
        Map.of(
            Labels.MANAGED_BY, Labels.OPERATOR,
            Labels.CLUSTER, cluster.getMetadata().getName(),
            Labels.TENANT, tenant.getMetadata().getName(),
            Labels.TENANT_NAMESPACE, tenant.getMetadata().getNamespace());
    var stamp = Stamp.of(cluster, labels, Labels.COMPONENT);
    var owner = new OwnerReferenceBuilder(stamp.owner()).withController(false).build();
    return new Stamp(stamp.namespace(), owner, labels, Labels.COMPONENT);
  }

  /** What is to be true in both places. */
  private record Plans(Map<String, Plan> abroad, Map<String, Plan> atHome) {}

  /** What a round works with. */
  private record Round(Tenant tenant, Facts home, Neighbourhood near) {}
}
