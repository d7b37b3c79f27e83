package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Function;

/**
 * Wakes those that wait for what others of their kind have, as Tenants do for a name, host or bot,
 * when another one comes, changes or goes, by what the controller's own watch tells.
 */
final class Awaited<P extends HasMetadata> extends AbstractEventSource<Void, P>
    implements ResourceEventAware<P> {

  private final UserChange filter = new UserChange();
  private final Function<P, Set<ResourceID>> waiting;

  /**
   * A source of events alone.
   *
   * @param waiting those that wait for what one may have
   */
  Awaited(Function<P, Set<ResourceID>> waiting) {
    super(Void.class, "awaited");
    this.waiting = waiting;
  }

  @Override
  public Set<Void> getSecondaryResources(P primary) {
    return Set.of();
  }

  @Override
  public void onResourceCreated(P one) {
    wake(one);
  }

  @Override
  public void onResourceUpdated(P changed, P former) {
    if (filter.accept(changed, former)) {
      wake(changed);
    }
  }

  @Override
  public void onResourceDeleted(P one) {
    wake(one);
  }

  private void wake(P one) {
    waiting.apply(one).forEach(id -> getEventHandler().handleEvent(new Event(id)));
  }
}
