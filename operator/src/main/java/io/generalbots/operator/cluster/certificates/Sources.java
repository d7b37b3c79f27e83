package io.generalbots.operator.cluster.certificates;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the certificates of a cluster come from.
 *
 * @param own of those that its servers show to each other and to applications
 * @param edge of the one that is shown to the world, if it is from elsewhere
 */
record Sources(Source own, Optional<Source> edge) {

  static Sources of(BotCluster cluster, Facts facts) {
    return new Sources(Source.of(cluster, facts), PublicCertificate.source(cluster, facts));
  }

  Answer answer(ServerCertificate request) {
    return isFromElsewhere(request) ? edge.orElse(own).answer(request) : own.answer(request);
  }

  /** What has to exist for these to be given. */
  List<Wish> wishes(List<ServerCertificate> requests) {
    var ours = requests.stream().filter(r -> !isFromElsewhere(r)).toList();
    var theirs = requests.stream().filter(this::isFromElsewhere).toList();
    return Stream.concat(
            own.wishes(ours).stream(), edge.stream().flatMap(e -> e.wishes(theirs).stream()))
        .toList();
  }

  private boolean isFromElsewhere(ServerCertificate request) {
    return request.isPublic() && edge.isPresent();
  }
}
