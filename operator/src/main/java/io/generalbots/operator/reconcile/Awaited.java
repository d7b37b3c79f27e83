package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.Tenant;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Function;

/**
 * Wakes Tenants that wait for a name, host or bot when another Tenant comes, changes or goes, by
 * what the controller's own watch tells.
 */
final class Awaited extends AbstractEventSource<Void, Tenant>
    implements ResourceEventAware<Tenant> {

  private final UserChange filter = new UserChange();
  private final Function<Tenant, Set<ResourceID>> waiting;

  /**
   * A source of events alone.
   *
   * @param waiting those that wait for what a Tenant may have
   */
  Awaited(Function<Tenant, Set<ResourceID>> waiting) {
    super(Void.class, "awaited");
    this.waiting = waiting;
  }

  @Override
  public Set<Void> getSecondaryResources(Tenant primary) {
    return Set.of();
  }

  @Override
  public void onResourceCreated(Tenant tenant) {
    wake(tenant);
  }

  @Override
  public void onResourceUpdated(Tenant changed, Tenant former) {
    if (filter.accept(changed, former)) {
      wake(changed);
    }
  }

  @Override
  public void onResourceDeleted(Tenant tenant) {
    wake(tenant);
  }

  private void wake(Tenant tenant) {
    waiting.apply(tenant).forEach(id -> getEventHandler().handleEvent(new Event(id)));
  }
}
