package io.generalbots.operator.tenant.isolation;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Resources;
import io.generalbots.operator.tenant.credentials.Store;
import java.util.Arrays;
import java.util.TreeMap;

/** What is tried at each store, and what does it. */
final class Tries {

  static final String SCRIPT = "check.sh";

  private Tries() {}

  static ConfigMap configMap(Part part) {
    var files = new TreeMap<String, String>();
    files.put(SCRIPT, text(SCRIPT));
    Arrays.stream(Store.values())
        .map(store -> store.component() + ".txt")
        .forEach(list -> files.put(list, text(list)));
    return new ConfigMapBuilder().withMetadata(part.meta()).withData(files).build();
  }

  private static String text(String file) {
    return Resources.text("isolation/" + file);
  }
}
