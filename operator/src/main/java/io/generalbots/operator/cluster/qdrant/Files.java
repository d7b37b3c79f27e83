package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.generalbots.operator.kube.Resources;
import java.util.Map;

/** What peers read as they start, and what the operator remembers of their collections. */
final class Files {

  static final String START = "start.sh";

  /** Whom the first peer joins through, should its volume be a new one. */
  private static final String THROUGH = "through";

  private Files() {}

  /**
   * The files.
   *
   * @param tended what the collections were last brought in line with; empty if never
   */
  static ConfigMap configMap(Situation situation, String tended) {
    var meta = new ObjectMetaBuilder(situation.part().meta());
    if (!tended.isEmpty()) {
      meta.addToAnnotations(Tended.ANNOTATION, tended);
    }
    var files =
        Map.of(
            START, Resources.text(Names.COMPONENT + "/" + START),
            THROUGH, through(situation, tended));
    return new ConfigMapBuilder().withMetadata(meta.build()).withData(files).build();
  }

  /**
   * Nobody while the cluster is not founded, or consists of one. Later an empty volume of the first
   * peer must not found a second cluster beside the one that has the data.
   */
  private static String through(Situation situation, String tended) {
    return tended.isEmpty() || situation.spec().replicas() == 1 ? "" : "1";
  }
}
