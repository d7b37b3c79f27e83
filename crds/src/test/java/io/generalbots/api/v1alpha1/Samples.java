package io.generalbots.api.v1alpha1;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests in samples/ and samples/invalid/. */
final class Samples {

  private static final Path FOLDER = CheckedIn.ROOT.resolve("samples");
  private static final String EXPECT = "# expect: ";

  private Samples() {}

  static List<Path> valid() {
    return manifests(FOLDER);
  }

  static List<Path> invalid() {
    return manifests(FOLDER.resolve("invalid"));
  }

  /** The documents of a file, read as kubectl does: by the rules of YAML 1.1. */
  static List<GenericKubernetesResource> read(Path file) {
    var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    var serialization = new KubernetesSerialization();
    return StreamSupport.stream(yaml.loadAll(text(file)).spliterator(), false)
        .map(tree -> serialization.convertValue(tree, GenericKubernetesResource.class))
        .toList();
  }

  /** What the API server must answer to an invalid sample. */
  static String expectation(Path file) {
    var first = text(file).lines().findFirst().orElse("");
    if (!first.startsWith(EXPECT)) {
      throw new IllegalStateException(file + " must begin with '" + EXPECT + "<message>'");
    }
    return first.substring(EXPECT.length());
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> manifests(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
