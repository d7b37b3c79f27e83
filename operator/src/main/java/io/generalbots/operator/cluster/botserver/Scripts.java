package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Resources;
import java.util.Map;

/** What runs in the pods beside the program itself. */
final class Scripts {

  static final String NAME = "botserver.sh";

  private static final String PATH = Names.COMPONENT + "/" + NAME;

  private Scripts() {}

  static ConfigMap configMap(Part part) {
    return new ConfigMapBuilder()
        .withMetadata(part.meta())
        .withData(Map.of(NAME, Resources.text(PATH)))
        .build();
  }
}
