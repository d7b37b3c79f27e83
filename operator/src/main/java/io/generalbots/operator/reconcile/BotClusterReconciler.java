package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.cluster.Complete;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;

/**
 * Brings the world to what a BotCluster says.
 *
 * <p>The informer compares no resource versions: JOSDK 5.3 otherwise loses edits of the spec that
 * land while the status is patched (operator-framework/java-operator-sdk#3398).
 */
@ControllerConfiguration(
    name = "botcluster",
    generationAwareEventProcessing = false,
    informer = @Informer(comparableResourceVersions = false, onUpdateFilter = UserChange.class))
@GradualRetry(maxAttempts = -1, maxInterval = 60_000)
public final class BotClusterReconciler implements Reconciler<BotCluster> {

  private final ClusterLoop loop;

  public BotClusterReconciler(ClusterLoop loop) {
    this.loop = loop;
  }

  @Override
  public UpdateControl<BotCluster> reconcile(BotCluster read, Context<BotCluster> context) {
    var cluster = Complete.of(read);
    var facts = loop.observe(cluster, context);
    var outcome = loop.apply(cluster, facts, context);
    var status = ClusterBlueprint.status(cluster, facts, outcome);
    loop.tell(cluster, status, outcome);
    if (outcome.failure().isPresent()) {
      throw new RoundFailure(status, outcome.failure().get());
    }
    var next =
        status.equals(cluster.getStatus())
            ? UpdateControl.<BotCluster>noUpdate()
            : UpdateControl.patchStatus(Patches.status(cluster, status));
    ClusterBlueprint.nextLook(cluster, facts, outcome).ifPresent(next::rescheduleAfter);
    return next;
  }

  @Override
  public ErrorStatusUpdateControl<BotCluster> updateErrorStatus(
      BotCluster cluster, Context<BotCluster> context, Exception failure) {
    if (Patches.wasGone(cluster, failure)) {
      return ErrorStatusUpdateControl.<BotCluster>noStatusUpdate().withNoRetry();
    }
    return RoundFailure.in(failure)
        .filter(round -> !round.status().equals(cluster.getStatus()))
        .map(round -> Patches.status(cluster, round.status()))
        .map(ErrorStatusUpdateControl::patchStatus)
        .orElseGet(ErrorStatusUpdateControl::noStatusUpdate);
  }

  @Override
  public List<EventSource<?, BotCluster>> prepareEventSources(
      EventSourceContext<BotCluster> context) {
    return loop.sources(context);
  }
}
