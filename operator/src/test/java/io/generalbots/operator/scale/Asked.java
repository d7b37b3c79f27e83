package io.generalbots.operator.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A {@link FakeOperator} as whoever started it sees it. */
final class Asked implements AutoCloseable {

  private static final Path OPTIONS =
      Path.of("..", "dev", "images", "operator", "files", "opt", "operator", "java.options");

  /**
   * What the chart gives to the operator, and what keeps an older Java from asking what is meant.
   */
  private static final List<String> MORE =
      List.of("-XX:MaxRAM=512m", "-XX:+IgnoreUnrecognizedVMOptions");

  /** A Java for it that is not this one: its image may have a newer one. */
  private static final String JAVA = "OPERATOR_JAVA_HOME";

  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  /** What was counted since it was asked last. */
  record Count(JsonNode json) {

    /** Requests to the API server that are no watches. */
    long requests() {
      return StreamSupport.stream(
              ((Iterable<String>) () -> json.get("calls").fieldNames()).spliterator(), false)
          .filter(what -> !Calls.isWatch(what))
          .mapToLong(what -> json.get("calls").get(what).asLong())
          .sum();
    }

    long of(String what) {
      return json.get("calls").path(what).asLong();
    }

    long watches() {
      return StreamSupport.stream(
              ((Iterable<String>) () -> json.get("calls").fieldNames()).spliterator(), false)
          .filter(Calls::isWatch)
          .mapToLong(what -> json.get("calls").get(what).asLong())
          .sum();
    }

    long get(String what) {
      return json.get(what).asLong();
    }
  }

  private Asked(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  /** As in its image, with what the chart gives to it. */
  static Asked start(List<String> namespaces, boolean clusters) throws IOException {
    var command = new ArrayList<>(List.of(java()));
    options().forEach(command::add);
    command.addAll(MORE);
    command.addAll(
        List.of(
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-cp",
            System.getProperty("java.class.path"),
            FakeOperator.class.getName(),
            String.join(",", namespaces),
            String.valueOf(clusters)));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var asked = new Asked(process);
    asked.await(FakeOperator.READY);
    return asked;
  }

  private static String java() {
    var home = Optional.ofNullable(System.getenv(JAVA)).orElse(System.getProperty("java.home"));
    return Path.of(home, "bin", "java").toString();
  }

  private static Stream<String> options() throws IOException {
    return Files.readAllLines(OPTIONS).stream().filter(line -> line.startsWith("-"));
  }

  Count count() {
    return new Count(read(say("count")));
  }

  /** Stores of this name give no answer from now on. */
  void silence(String word) {
    say("silence " + word);
  }

  /** Ends it as a kill does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
  }

  private String say(String question) {
    try {
      questions.write(question + "\n");
      questions.flush();
      return line();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until then it may log. */
  private void await(String word) throws IOException {
    var said = line();
    while (!said.equals(word)) {
      said = line();
    }
  }

  private String line() throws IOException {
    var line = answers.readLine();
    if (line == null) {
      throw new IOException("the operator ended");
    }
    return line;
  }

  private static JsonNode read(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
