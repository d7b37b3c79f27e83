package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where pods may run. */
record Placement(BotCluster cluster, Part part) {

  private static final Set<String> RESTARTS =
      Set.of("generalbots.io/restart", "kubectl.kubernetes.io/restartedAt");

  static Placement of(BotCluster cluster, Part part) {
    return new Placement(cluster, part);
  }

  PodTemplateSpec apply(PodTemplateSpec template) {
    var wished = cluster.getSpec();
    var pod = template.getSpec();
    pod.setAffinity(wished.affinity());
    pod.setTolerations(wished.tolerations());
    pod.setNodeSelector(wished.nodeSelector());
    pod.setPriorityClassName(wished.priorityClassName());
    pod.setImagePullSecrets(wished.imagePullSecrets());
    pod.setTopologySpreadConstraints(spread(wished.topologySpreadConstraints()));
    template.getMetadata().getAnnotations().putAll(restarts());
    return template;
  }

  private Map<String, String> restarts() {
    var asked = new TreeMap<>(Objects.annotations(cluster));
    asked.keySet().retainAll(RESTARTS);
    return asked;
  }

  private List<TopologySpreadConstraint> spread(List<TopologySpreadConstraint> wished) {
    return wished.isEmpty()
        ? List.of(spread("kubernetes.io/hostname"), spread("topology.kubernetes.io/zone"))
        : wished;
  }

  private TopologySpreadConstraint spread(String topologyKey) {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey(topologyKey)
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withLabelSelector(new LabelSelector(null, part.selector()))
        .build();
  }
}
