package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.stream.Stream;

/** Where pods may run. */
record Placement(BotCluster cluster, Part part) {

  private static final List<String> RESTARTS =
      List.of("generalbots.io/restart", "kubectl.kubernetes.io/restartedAt");

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
    pod.setTopologySpreadConstraints(
        wished.topologySpreadConstraints().isEmpty()
            ? Stream.of("kubernetes.io/hostname", "topology.kubernetes.io/zone")
                .map(this::spread)
                .toList()
            : wished.topologySpreadConstraints());
    RESTARTS.forEach(
        key -> {
          var value = Objects.annotations(cluster).get(key);
          if (value != null) {
            template.getMetadata().getAnnotations().put(key, value);
          }
        });
    return template;
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
