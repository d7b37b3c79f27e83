package io.generalbots.operator.cluster.placement;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.Annotations;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts what the spec says of every pod on every pod template of a plan: where it runs, how it is
 * pulled, and the annotations that restart it. In one place, so that no component forgets it.
 *
 * @param cluster whose spec it is
 * @param restarted whose annotations restart the pods
 */
public record Placement(BotCluster cluster, HasMetadata restarted) {

  private static final String NODE = "kubernetes.io/hostname";

  private static final List<String> FAILURE_DOMAINS = List.of(NODE, "topology.kubernetes.io/zone");

  private static final int FULL_WEIGHT = 100;

  private static final Set<String> SELECTING =
      Set.of(Labels.CLUSTER, Labels.TENANT, Labels.SHARD_POLICY, Labels.COMPONENT);

  private static final List<String> RESTARTS =
      List.of(Annotations.RESTART, Annotations.RESTARTED_AT);

  /** The same plan with every pod template placed. */
  public Plan place(Plan plan) {
    if (plan instanceof Plan.Apply apply) {
      apply.wishes().stream()
          .filter(w -> w instanceof Wish.Managed || runsOnce(w))
          .flatMap(w -> Wishes.object(w).stream())
          .forEach(this::place);
    }
    return plan;
  }

  /** A workload that is only to stay as it is says nothing of its pods. */
  private static boolean runsOnce(Wish wish) {
    return wish instanceof Wish.Once once && once.object() instanceof Job;
  }

  private void place(HasMetadata object) {
    if (object instanceof StatefulSet set) {
      place(set.getSpec().getTemplate());
    } else if (object instanceof Deployment deployment) {
      place(deployment.getSpec().getTemplate());
    } else if (object instanceof Job job) {
      admit(job.getSpec().getTemplate().getSpec());
    }
  }

  private void place(PodTemplateSpec template) {
    admit(template.getSpec());
    template.getSpec().setAffinity(apart(template));
    template.getSpec().setTopologySpreadConstraints(spread(template));
    restart(template);
  }

  /** What runs once has no others to be apart from. */
  private void admit(PodSpec pod) {
    var spec = cluster.getSpec();
    pod.setAffinity(spec.affinity());
    pod.setTolerations(spec.tolerations());
    pod.setNodeSelector(spec.nodeSelector());
    pod.setPriorityClassName(spec.priorityClassName());
    pod.setImagePullSecrets(spec.imagePullSecrets());
  }

  /**
   * Each pod on a node of its own, if there is one: the scheduler weighs that beside spreading. A
   * lone pod has it too, since a template that changed with the number of pods would restart them
   * when there is to be a second; what the user says of pods stands instead.
   */
  private Affinity apart(PodTemplateSpec template) {
    var wished = Optional.ofNullable(cluster.getSpec().affinity()).orElseGet(Affinity::new);
    if (wished.getPodAntiAffinity() != null) {
      return wished;
    }
    var node =
        new PodAffinityTermBuilder()
            .withTopologyKey(NODE)
            .withLabelSelector(new LabelSelector(null, selector(template)))
            .build();
    var terms = List.of(new WeightedPodAffinityTerm(node, FULL_WEIGHT));
    return new AffinityBuilder(wished)
        .withPodAntiAffinity(new PodAntiAffinity(terms, List.of()))
        .build();
  }

  /** Softly by default: on one node a hard rule would leave the second pod waiting for ever. */
  private List<TopologySpreadConstraint> spread(PodTemplateSpec template) {
    var selector = selector(template);
    var wished = cluster.getSpec().topologySpreadConstraints();
    return wished.isEmpty()
        ? FAILURE_DOMAINS.stream().map(domain -> spread(domain, selector)).toList()
        : wished.stream().map(constraint -> selecting(constraint, selector)).toList();
  }

  /** Kubernetes takes a constraint without a selector to be about no pod at all. */
  private static TopologySpreadConstraint selecting(
      TopologySpreadConstraint constraint, Map<String, String> selector) {
    return constraint.getLabelSelector() == null
        ? new TopologySpreadConstraintBuilder(constraint)
            .withLabelSelector(new LabelSelector(null, selector))
            .build()
        : constraint;
  }

  private Map<String, String> selector(PodTemplateSpec template) {
    var selector = new TreeMap<>(template.getMetadata().getLabels());
    selector.keySet().retainAll(SELECTING);
    return selector;
  }

  private static TopologySpreadConstraint spread(String domain, Map<String, String> selector) {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey(domain)
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withLabelSelector(new LabelSelector(null, selector))
        .build();
  }

  private void restart(PodTemplateSpec template) {
    var present = template.getMetadata().getAnnotations();
    var all = new HashMap<String, String>(present == null ? Map.of() : present);
    RESTARTS.forEach(
        key ->
            Optional.ofNullable(Objects.annotations(restarted).get(key))
                .ifPresent(value -> all.put(key, value)));
    template.getMetadata().setAnnotations(all);
  }
}
