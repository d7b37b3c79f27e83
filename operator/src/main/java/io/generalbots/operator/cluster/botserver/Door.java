package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;

/**
 * What stands in a pod between its bot server and a vault that it cannot ask by itself.
 *
 * @param address what the bot server takes for its vault
 * @param alias the name in it
 * @param container that listens there
 * @param volumes that it mounts
 * @param revision another one replaces the pods
 */
public record Door(
    String address, HostAlias alias, Container container, List<Volume> volumes, String revision) {

  public Door {
    volumes = List.copyOf(volumes);
  }
}
