package io.generalbots.operator.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the program prints of a file, where, and how it ends. */
class ImportCommandTest {

  private static final Path SAMPLES = Path.of("src", "test", "config");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static List<Path> samples() throws IOException {
    try (Stream<Path> folders = Files.list(SAMPLES)) {
      return folders.sorted().toList();
    }
  }

  private int run(String input, String... arguments) {
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return new ImportCommand(in, print(out), print(err)).run(Arrays.asList(arguments));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Every csv block of the infrastructure guide, and what spreadsheets and people make of them. */
  @ParameterizedTest
  @MethodSource("samples")
  void samplesBecomeTheManifestsBesideThem(Path folder) throws IOException {
    var file = folder.resolve("config.csv").toString();
    assertThat(run("", "--name", "prod", "--domain", "bots.example.com", file)).isZero();
    var manifests = folder.resolve("out.yaml");
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(manifests, printed());
    }
    assertThat(printed()).isEqualTo(Files.readString(manifests));
    assertThat(printed() + said()).doesNotContain("in-clear");
    said().lines().forEach(line -> assertThat(printed()).contains("# " + line + "\n"));
  }

  @Test
  void theStandardInputIsReadForADash() {
    assertThat(run("rate-limit-burst,7\n", "-")).isZero();
    assertThat(said()).isEmpty();
    assertThat(printed())
        .isEqualTo(
            """
            apiVersion: generalbots.io/v1alpha1
            kind: BotCluster
            metadata:
              name: bots
            spec:
              domain: bots.localhost
              gateway:
                rateLimit:
                  burst: 7
            """);
  }

  @Test
  void aTextThatLooksLikeSomethingElseIsQuoted() {
    run("fallback-llm-model,1e3\nobservability-org,NO\nworkflow-namespace,2026-01-01\n", "-");
    assertThat(printed()).contains("model: \"1e3\"", "org: \"NO\"", "namespace: \"2026-01-01\"");
  }

  @Test
  void aRefusedFilePrintsNothingButItsErrors() {
    assertThat(run("scale-enabled,perhaps\n", "-")).isEqualTo(1);
    assertThat(printed()).isEmpty();
    assertThat(said()).isEqualTo("error: line 1: scale-enabled: write true or false\n");
  }

  @Test
  void strictRefusesWhatIsLeftOut() {
    assertThat(run("theme,blue\n", "-")).isZero();
    out.reset();
    assertThat(run("theme,blue\n", "--strict", "-")).isEqualTo(1);
    assertThat(printed()).isEmpty();
  }

  @Test
  void filesThatCannotBeReadAreTold(@TempDir Path folder) {
    assertThat(run("", folder.resolve("none.csv").toString())).isEqualTo(1);
    assertThat(said()).contains("none.csv cannot be read: NoSuchFileException");
    var file = folder.resolve("latin.csv");
    write(file, new byte[] {'a', ',', (byte) 0xe9});
    assertThat(run("", file.toString())).isEqualTo(1);
    assertThat(said()).contains("latin.csv is not UTF-8");
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void wrongArgumentsAreTold() {
    assertThat(run("")).isEqualTo(2);
    assertThat(run("", "a", "b")).isEqualTo(2);
    assertThat(run("", "--name")).isEqualTo(2);
    assertThat(run("", "--nmae", "x", "-")).isEqualTo(2);
    assertThat(said()).contains("--name needs a value", "there is no option --nmae");
    assertThat(printed()).isEmpty();
  }

  @Test
  void helpIsPrinted() {
    assertThat(run("", "-h")).isZero();
    assertThat(run("", "--help", "--nonsense")).isZero();
    assertThat(printed()).startsWith("Usage: java -jar quarkus-run.jar import");
    assertThat(said()).isEmpty();
  }
}
