package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.generalbots.operator.kernel.Objects;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What the collections were last brought in line with, as it is written down once that is done. As
 * long as it is true, nobody asks Qdrant anything.
 */
final class Tended {

  /** On the ConfigMap; whoever takes it away has the operator look again. */
  static final String ANNOTATION = "generalbots.io/tended";

  private Tended() {}

  /** What is to be written down when the collections are in line with spec and volumes. */
  static String now(Situation situation) {
    var spec = situation.spec();
    return "peers %d, copies %d, text indexes [%s], volumes %s"
        .formatted(
            situation.wished(),
            spec.replicationFactor(),
            String.join(" ", spec.textIndexes()),
            volumes(situation));
  }

  /** What was written down last; empty if never. */
  static String last(Situation situation) {
    return situation
        .facts()
        .find(ConfigMap.class, situation.part().name())
        .map(map -> Objects.annotations(map).getOrDefault(ANNOTATION, ""))
        .orElse("");
  }

  /** Another volume under the same name is an empty one. */
  private static String volumes(Situation situation) {
    var sum = new CRC32();
    var uids =
        situation.claims().stream()
            .map(PersistentVolumeClaim::getMetadata)
            .filter(m -> Course.ordinal(m.getName()) < situation.wished())
            .map(m -> m.getName() + "=" + m.getUid())
            .collect(Collectors.joining(","));
    sum.update(uids.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }
}
