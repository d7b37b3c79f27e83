package io.generalbots.operator.tenant.export;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Resources;
import java.util.List;
import java.util.TreeMap;

/** What carries, and what both ways share. */
final class Programs {

  static final String EXPORT = "export.py";
  static final String IMPORT = "restore.py";

  private static final List<String> FILES =
      List.of(EXPORT, IMPORT, "archive.py", "cache.py", "common.py", "database.py", "s3.py");

  private Programs() {}

  static ConfigMap configMap(Part part) {
    var files = new TreeMap<String, String>();
    FILES.forEach(file -> files.put(file, Resources.text("export/" + file)));
    return new ConfigMapBuilder().withMetadata(part.meta()).withData(files).build();
  }
}
