package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.generalbots.operator.command.ImportCommand;
import io.generalbots.operator.config.AnyFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an import prints, a real API server takes: the rules in CEL too. Nothing is stored. */
class ImportIT {

  private static final int FILES = 300;
  private static final Path SAMPLES = Path.of("src", "test", "config");
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();

  @Test
  void everySampleIsTaken() throws IOException {
    try (Stream<Path> folders = Files.list(SAMPLES)) {
      for (var folder : folders.sorted().toList()) {
        assertThat(printed(Files.readString(folder.resolve("config.csv"))))
            .contains("kind: BotCluster")
            .satisfies(ImportIT::isTaken);
      }
    }
  }

  @Test
  void whateverIsNotRefusedIsTaken() {
    var printed =
        Stream.iterate(0L, seed -> seed + 1)
            .limit(FILES)
            .map(seed -> printed(AnyFile.of(seed)))
            .filter(yaml -> !yaml.isEmpty())
            .toList();
    assertThat(printed).hasSizeGreaterThan(FILES / 4).allSatisfy(ImportIT::isTaken);
  }

  private static void isTaken(String yaml) {
    List<HasMetadata> manifests = CLIENT.load(stream(yaml)).items();
    assertThat(manifests).isNotEmpty();
    manifests.forEach(
        manifest ->
            CLIENT
                .resource(manifest)
                .inNamespace("default")
                .dryRun()
                .fieldValidation(Validation.STRICT)
                .create());
  }

  private static String printed(String file) {
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    var silent = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    new ImportCommand(stream(file), print, silent).run(List.of("--name", "import-it", "-"));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
