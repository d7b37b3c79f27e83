package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Resources;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The scripts and the fixed configuration that the pods mount. */
final class Files {

  static final String PATRONI_FILE = "patroni.yml";

  /** What a pod runs. */
  static final List<String> SCRIPTS =
      List.of("start", "agent", "initdb", "first-start", "bootstrap", "tie");

  private static final Map<String, String> CONTENT =
      java.util.stream.Stream.concat(SCRIPTS.stream(), java.util.stream.Stream.of(PATRONI_FILE))
          .collect(Collectors.toUnmodifiableMap(f -> f, f -> Resources.text("postgres/" + f)));

  private Files() {}

  static ConfigMap configMap(Part part) {
    return new ConfigMapBuilder()
        .withMetadata(part.named(Names.files(part)))
        .withData(CONTENT)
        .build();
  }
}
