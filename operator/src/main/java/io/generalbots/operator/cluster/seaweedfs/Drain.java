package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.operator.cluster.seaweedfs.Configuration.Script;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Probes;
import java.util.List;
import java.util.Optional;

/**
 * Volume servers go one by one, the highest number first, each after a pod of ours has moved
 * everything off it. That pod is ready when the server is empty: so nobody has to ask.
 *
 * @param situation the servers
 */
record Drain(Situation situation) {

  private static final String COMPONENT = "seaweedfs-drain";

  static Part part(Situation situation) {
    return new Part(situation.name(), COMPONENT);
  }

  /** The number of volume servers for the StatefulSet in this round. */
  int replicas() {
    var wished = situation.wished(Role.VOLUME);
    return leaver().map(last -> isEmptied(last) ? last : last + 1).orElse(wished);
  }

  /** What empties the server that is to go, if one is. */
  List<HasMetadata> objects() {
    return leaver()
        .map(
            last ->
                List.<HasMetadata>of(
                    deployment(last), new Network(situation).drainPolicy(part(situation))))
        .orElse(List.of());
  }

  /** What is said meanwhile. */
  Optional<String> underway() {
    return leaver()
        .map(
            last ->
                "moving everything off %s before it goes"
                    .formatted(situation.part(Role.VOLUME).name(Integer.toString(last))));
  }

  /** The number of the server that is to go next. */
  private Optional<Integer> leaver() {
    var wished = situation.wished(Role.VOLUME);
    return situation
        .set(Role.VOLUME)
        .map(s -> s.getSpec().getReplicas())
        .filter(current -> current > wished && !situation.hibernates())
        .map(current -> current - 1);
  }

  private boolean isEmptied(int last) {
    return situation
        .facts()
        .find(Deployment.class, name(last))
        .filter(d -> d.getStatus() != null)
        .filter(d -> d.getMetadata().getGeneration().equals(d.getStatus().getObservedGeneration()))
        .filter(d -> Optional.ofNullable(d.getStatus().getReadyReplicas()).orElse(0) > 0)
        .isPresent();
  }

  /**
   * Servers that were to go and are to stay after all: an emptied one takes part after a restart.
   */
  List<Wish> revivals() {
    return situation.members(Role.VOLUME).all().stream()
        .filter(server -> !server.isTerminating() && isReprieved(server.ordinal()))
        .<Wish>map(s -> new Wish.Remove(s.pod(), Wish.Cascade.DEPENDENTS, revival(s.name())))
        .toList();
  }

  private boolean isReprieved(int ordinal) {
    return ordinal < situation.wished(Role.VOLUME)
        && situation.facts().find(Deployment.class, name(ordinal)).isPresent();
  }

  private static Decision revival(String name) {
    return Decision.normal("Reviving", "restarting %s, which is to stay after all".formatted(name));
  }

  private String name(int ordinal) {
    return part(situation).name(Integer.toString(ordinal));
  }

  private Deployment deployment(int last) {
    var pods = new Pods(situation);
    var masters = situation.addresses(Role.MASTER);
    var node = situation.address(Role.VOLUME, last);
    var container =
        pods.container()
            .withName("drain")
            .withCommand(Script.DRAIN.command("empty", masters, node))
            .withEnv(pods.environment(Role.MASTER))
            .withResources(Appetite.small())
            .withReadinessProbe(Probes.every(Probes.exec(Script.DRAIN.command("ready")), 2, 1))
            .build();
    var part = part(situation);
    return Gateways.deployment(part, name(last), pods.template(part, container), 1);
  }
}
