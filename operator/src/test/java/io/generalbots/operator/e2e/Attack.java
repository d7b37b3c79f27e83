package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * The hostile tries as files that a pod can mount, with what does them: {@code valkey.txt}, {@code
 * s3.txt} and {@code vault.txt}.
 *
 * @param client how the namespace is reached
 * @param namespace of the pod
 */
record Attack(KubernetesClient client, String namespace) {

  /** The name of the ConfigMap. */
  private static final String NAME = "attack";

  private static final Path TRIES = Path.of("src", "test", "attack");

  /** With these lists. */
  void create(String... lists) {
    var files = new TreeMap<String, String>();
    for (var name : new String[] {"attack.sh", "raw.py", "rooms.py"}) {
      files.put(name, read(name));
    }
    for (var list : lists) {
      files.put(list, read(list));
    }
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(NAME)
            .endMetadata()
            .withData(files)
            .build();
    client.resource(map).inNamespace(namespace).forceConflicts().serverSideApply();
  }

  void remove() {
    client.configMaps().inNamespace(namespace).withName(NAME).delete();
  }

  private static String read(String file) {
    try {
      return Files.readString(TRIES.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
