package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is written on the pods of the servers while they run: their role, for people and for the
 * Service of the replicas, and the versions of the files they mount. The kubelet looks after a
 * pod's files at once when the pod changes, and otherwise within a minute or two: so a new password
 * works within seconds.
 */
final class Marks {

  static final String PRIMARY = "primary";
  static final String REPLICA = "replica";
  static final String FILES = "generalbots.io/files";

  private Marks() {}

  static List<Wish> of(Situation situation) {
    var servers = situation.servers();
    var files = files(situation.facts(), situation);
    return servers.all().stream()
        .filter(s -> !s.isTerminating() && servers.primaryName().isPresent())
        .<Wish>map(s -> mark(s, servers.isPrimary(s) ? PRIMARY : REPLICA, files))
        .toList();
  }

  private static Wish mark(Server server, String role, String files) {
    var meta =
        new ObjectMetaBuilder()
            .withName(server.name())
            .withUid(server.pod().getMetadata().getUid())
            .addToLabels(Labels.ROLE, role)
            .addToAnnotations(FILES, files)
            .build();
    return new Wish.Amend(new PodBuilder().withMetadata(meta).build());
  }

  private static String files(Facts facts, Situation situation) {
    var part = situation.part();
    return Stream.of(
            facts.find(ConfigMap.class, part.name()),
            facts.find(Secret.class, part.name(Names.USERS)),
            facts.find(Secret.class, part.name(Names.SERVER_CERTIFICATE)))
        .flatMap(o -> o.map(HasMetadata::getMetadata).stream())
        .map(m -> m.getResourceVersion() == null ? "" : m.getResourceVersion())
        .collect(Collectors.joining("."));
  }
}
