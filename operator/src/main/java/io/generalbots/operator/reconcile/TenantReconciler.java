package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.tenant.CompleteTenant;
import io.generalbots.operator.tenant.TenantBlueprint;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.List;

/**
 * Brings the world to what a Tenant says, and out of it what it had there when it goes.
 *
 * <p>The informer compares no resource versions, as that of BotClusters does not.
 */
@ControllerConfiguration(
    name = "tenant",
    generationAwareEventProcessing = false,
    informer = @Informer(comparableResourceVersions = false, onUpdateFilter = UserChange.class))
@GradualRetry(maxAttempts = -1, maxInterval = 60_000)
public final class TenantReconciler implements Reconciler<Tenant>, Cleaner<Tenant> {

  /** One that turned to waiting for others may have missed that they made room meanwhile. */
  private static final Duration ONCE_MORE = Duration.ofSeconds(1);

  private final TenantLoop loop;

  public TenantReconciler(TenantLoop loop) {
    this.loop = loop;
  }

  @Override
  public UpdateControl<Tenant> reconcile(Tenant read, Context<Tenant> context) {
    var tenant = CompleteTenant.of(read);
    var blueprint = loop.observe(tenant, context);
    var outcome = loop.apply(blueprint, context);
    var status = blueprint.status(outcome);
    loop.tell(tenant, blueprint.news(status, outcome));
    var next = told(tenant, status);
    blueprint.nextLook(outcome).ifPresent(next::rescheduleAfter);
    if (next.isPatchStatus() && TenantBlueprint.waitsForOthers(status)) {
      next.rescheduleAfter(ONCE_MORE);
    }
    return next;
  }

  @Override
  public DeleteControl cleanup(Tenant read, Context<Tenant> context) {
    var tenant = CompleteTenant.of(read);
    var farewell = loop.leave(tenant, context);
    var outcome = loop.apply(farewell);
    loop.tell(tenant, farewell.news(outcome));
    if (farewell.isDone(outcome)) {
      return DeleteControl.defaultDelete();
    }
    var status = farewell.status(outcome);
    if (!status.equals(tenant.getStatus())) {
      context.resourceOperations().serverSideApplyPrimaryStatus(Patches.status(tenant, status));
    }
    return DeleteControl.noFinalizerRemoval()
        .rescheduleAfter(farewell.nextLook(outcome).toMillis());
  }

  @Override
  public List<EventSource<?, Tenant>> prepareEventSources(EventSourceContext<Tenant> context) {
    return loop.sources(context);
  }

  private static UpdateControl<Tenant> told(Tenant tenant, TenantStatus status) {
    return status.equals(tenant.getStatus())
        ? UpdateControl.noUpdate()
        : UpdateControl.patchStatus(Patches.status(tenant, status));
  }
}
