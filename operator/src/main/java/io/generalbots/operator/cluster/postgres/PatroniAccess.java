package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What Patroni may do in the Kubernetes API: see the pods and ConfigMaps of the namespace, label
 * its own pods, and change its own four ConfigMaps.
 */
final class PatroniAccess {

  private static final String PODS = "pods";
  private static final String CONFIG_MAPS = "configmaps";

  private PatroniAccess() {}

  /**
   * The identity of the pods and its rights.
   *
   * @param members how many pods there are or will be
   */
  static List<HasMetadata> objects(Part part, String namespace, int members) {
    var pods = IntStream.range(0, members).mapToObj(i -> part.name(String.valueOf(i))).toList();
    var maps = Stream.of("config", "leader", "failover", "sync").map(part::name).toList();
    return List.of(
        Access.serviceAccount(part),
        Access.role(
            part,
            // Neither list and watch by label nor create can be held to names.
            Access.rule(PODS, "list", "watch"),
            Access.rule(PODS, pods, "patch"),
            Access.rule(CONFIG_MAPS, "create", "list", "watch"),
            Access.rule(CONFIG_MAPS, maps, "get", "patch")),
        Access.roleBinding(part, namespace));
  }
}
