package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/** Calls back when a watched Secret came, went or changed. */
record SecretChange(Runnable told) implements ResourceEventHandler<Secret> {

  @Override
  public void onAdd(Secret added) {
    told.run();
  }

  @Override
  public void onUpdate(Secret former, Secret updated) {
    var version = former.getMetadata().getResourceVersion();
    if (!updated.getMetadata().getResourceVersion().equals(version)) {
      told.run();
    }
  }

  @Override
  public void onDelete(Secret deleted, boolean stateUnknown) {
    told.run();
  }
}
