package io.generalbots.operator.tenant.move;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Resources;
import java.util.List;
import java.util.TreeMap;

/** What carries a database. */
final class Programs {

  static final String MOVE = "move.py";

  /** With it the program takes away what it made. */
  static final String BACK = "back";

  private static final List<String> FILES =
      List.of(
          "capture.py",
          "carry.py",
          "compare.py",
          "course.py",
          "digest.py",
          "hand_over.py",
          "mark.py",
          MOVE,
          "outline.py",
          "refusals.py",
          "servers.py",
          "tables.py",
          "watch.py");

  /** What other programs need too. */
  private static final String SHARED = "common.py";

  private Programs() {}

  static ConfigMap configMap(Part part) {
    var files = new TreeMap<String, String>();
    FILES.forEach(file -> files.put(file, Resources.text("move/" + file)));
    files.put(SHARED, Resources.text("export/" + SHARED));
    return new ConfigMapBuilder().withMetadata(part.meta()).withData(files).build();
  }
}
