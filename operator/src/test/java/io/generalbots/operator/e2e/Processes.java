package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of a pod, as the machine sees them whose node it runs on: the test has to run
 * there, too.
 *
 * @param pod the uid by which the kubelet names its control groups
 */
record Processes(String pod) {

  private static final Path ALL = Path.of("/proc");
  private static final String TABLE = "refusing";

  /** What holds a pod's network for as long as there is the pod. */
  private static final String SANDBOX = "pause";

  /**
   * Whoever asks for a connection is told at once that nobody is there; those that are open stay.
   */
  private static final String REFUSE =
      "add table inet %1$s; add chain inet %1$s input { type filter hook input priority 0; };"
          + " add rule inet %1$s input tcp flags & (fin|syn|rst|ack) == syn reject with tcp reset;";

  static Processes of(Pod pod) {
    return new Processes(pod.getMetadata().getUid());
  }

  /** Sends a signal to every process of this name. */
  void signal(String signal, String name) {
    var words = new ArrayList<>(List.of("kill", "-" + signal));
    named(name).forEach(p -> add(words, p));
    run(words);
  }

  /** The command lines of all of them, one a line. */
  String commands() {
    return numbers()
        .map(p -> text(p.resolve("cmdline")).replace('\0', ' '))
        .collect(Collectors.joining("\n"));
  }

  /** Has every port refuse connections. */
  void refuse() {
    inNetwork("nft", REFUSE.formatted(TABLE));
  }

  void accept() {
    inNetwork("nft", "delete table inet " + TABLE);
  }

  private void inNetwork(String... command) {
    var lasting = named(SANDBOX).findFirst().orElseThrow();
    var words = new ArrayList<>(List.of("nsenter", "--net=" + lasting.resolve("ns/net")));
    words.addAll(List.of(command));
    run(words);
  }

  private Stream<Path> named(String name) {
    return numbers().filter(p -> name.equals(text(p.resolve("comm")).strip()));
  }

  private Stream<Path> numbers() {
    try (var all = Files.list(ALL)) {
      return all
          .filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
          .filter(p -> text(p.resolve("cgroup")).contains(pod))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(List<String> words, Path process) {
    words.add(process.getFileName().toString());
  }

  /** Nothing, if the process has ended meanwhile. */
  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static void run(List<String> words) {
    try {
      var process = new ProcessBuilder(words).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s", words, said).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(words.toString(), e);
    }
  }
}
