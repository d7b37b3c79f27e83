package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.shard.CompletePolicy;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;

/**
 * Brings the data of a BotCluster to where a ShardPolicy says. When one is deleted, the data stays
 * as it is.
 *
 * <p>The informer compares no resource versions, as that of BotClusters does not.
 */
@ControllerConfiguration(
    name = "shardpolicy",
    generationAwareEventProcessing = false,
    informer = @Informer(comparableResourceVersions = false, onUpdateFilter = UserChange.class))
@GradualRetry(maxAttempts = -1, maxInterval = 60_000)
public final class ShardPolicyReconciler implements Reconciler<ShardPolicy> {

  private final ShardPolicyLoop loop;

  public ShardPolicyReconciler(ShardPolicyLoop loop) {
    this.loop = loop;
  }

  @Override
  public UpdateControl<ShardPolicy> reconcile(ShardPolicy read, Context<ShardPolicy> context) {
    var policy = CompletePolicy.of(read);
    var blueprint = loop.observe(policy, context);
    var outcome = loop.apply(blueprint, context);
    var status = blueprint.status(outcome);
    loop.tell(policy, blueprint.news(status, outcome));
    var next =
        status.equals(policy.getStatus())
            ? UpdateControl.<ShardPolicy>noUpdate()
            : UpdateControl.patchStatus(Patches.status(policy, status));
    return next.rescheduleAfter(blueprint.nextLook(outcome, loop.period()));
  }

  @Override
  public List<EventSource<?, ShardPolicy>> prepareEventSources(
      EventSourceContext<ShardPolicy> context) {
    return loop.sources(context);
  }
}
