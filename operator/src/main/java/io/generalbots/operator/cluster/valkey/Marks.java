package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import java.util.List;

/**
 * What is written on the pods of the servers: their role, for people and for the replicas' Service.
 */
final class Marks {

  static final String PRIMARY = "primary";
  static final String REPLICA = "replica";

  private Marks() {}

  static List<Wish> of(Situation situation) {
    var servers = situation.servers();
    return servers.all().stream()
        .filter(s -> !s.isTerminating() && servers.primaryName().isPresent())
        .<Wish>map(s -> mark(s, servers.isPrimary(s) ? PRIMARY : REPLICA))
        .toList();
  }

  private static Wish mark(Instance server, String role) {
    var meta =
        new ObjectMetaBuilder()
            .withName(server.name())
            .withUid(server.pod().getMetadata().getUid())
            .addToLabels(Labels.ROLE, role)
            .build();
    return new Wish.Amend(new PodBuilder().withMetadata(meta).build());
  }
}
