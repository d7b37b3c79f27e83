package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import java.util.List;

/** Leads clients away from a peer before anything is taken from it, and back if it stays. */
final class Roles {

  private Roles() {}

  static List<Wish> wishes(Situation situation) {
    var course = new Course(situation);
    return situation.pods().stream()
        .filter(p -> !p.isTerminating())
        .filter(p -> !course.role(p).equals(Objects.labels(p.pod()).get(Labels.ROLE)))
        .<Wish>map(p -> marked(p, course.role(p)))
        .toList();
  }

  private static Wish marked(Instance pod, String role) {
    var meta =
        new ObjectMetaBuilder()
            .withName(pod.name())
            .withUid(pod.pod().getMetadata().getUid())
            .addToLabels(Labels.ROLE, role)
            .build();
    return new Wish.Amend(new PodBuilder().withMetadata(meta).build());
  }
}
