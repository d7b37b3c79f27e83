package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.kernel.Applier;
import io.generalbots.operator.kernel.EventRecorder;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Horizon;
import io.generalbots.operator.kernel.Informers;
import io.generalbots.operator.kernel.Observer;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Stamp;
import io.generalbots.operator.kube.Labels;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The steps of a round for BotClusters: observe, plan and apply, tell.
 *
 * @param observer reads the caches
 * @param applier writes
 * @param events tells
 * @param informers how our objects are found
 * @param horizon how other objects are found that a spec points to
 */
public record ClusterLoop(
    Observer observer,
    Applier applier,
    EventRecorder events,
    Informers informers,
    Horizon<BotCluster> horizon) {

  /** Every kind of object that components make, and the pods and claims that follow from them. */
  public static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          StatefulSet.class,
          Deployment.class,
          Pod.class,
          Service.class,
          ConfigMap.class,
          Secret.class,
          PersistentVolumeClaim.class,
          PodDisruptionBudget.class,
          NetworkPolicy.class,
          ServiceAccount.class,
          Role.class,
          RoleBinding.class);

  Facts observe(BotCluster cluster, Context<BotCluster> context) {
    return observer.observe(cluster, context, horizon);
  }

  Outcome apply(BotCluster cluster, Facts facts, Context<BotCluster> context) {
    var plans = ClusterBlueprint.plan(cluster, facts);
    return applier.apply(plans, facts, stamp(cluster), () -> Presence.isThere(cluster, context));
  }

  void tell(BotCluster cluster, BotClusterStatus status, Outcome outcome) {
    ClusterBlueprint.news(cluster, status, outcome).forEach(news -> events.tell(cluster, news));
  }

  List<EventSource<?, BotCluster>> sources(EventSourceContext<BotCluster> context) {
    var sources = new ArrayList<>(informers.sources(KINDS, context));
    sources.addAll(horizon.sources(context));
    return sources;
  }

  /** The mark on every object of this cluster. */
  public static Stamp stamp(BotCluster cluster) {
    var labels =
        Map.of(Labels.MANAGED_BY, Labels.OPERATOR, Labels.CLUSTER, cluster.getMetadata().getName());
    return Stamp.of(cluster, labels, Labels.COMPONENT);
  }
}
