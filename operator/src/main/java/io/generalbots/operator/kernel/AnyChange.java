package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/** Calls back when a watched object came, went or changed. */
record AnyChange<T extends HasMetadata>(Runnable told) implements ResourceEventHandler<T> {

  @Override
  public void onAdd(T added) {
    told.run();
  }

  @Override
  public void onUpdate(T former, T updated) {
    var version = former.getMetadata().getResourceVersion();
    if (!updated.getMetadata().getResourceVersion().equals(version)) {
      told.run();
    }
  }

  @Override
  public void onDelete(T deleted, boolean stateUnknown) {
    told.run();
  }
}
