package io.generalbots.operator.tenant.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The programs that carry a Tenant's database, between two real servers. {@code -Dmove.cuts=60}
 * says how often something is cut off (6 if nothing is said), {@code -Dmove.seed} when.
 */
class MoveProgramsTest {

  private static final Path FOLDER = Path.of("src", "main", "resources", "move");
  private static final Path TESTS = Path.of("src", "test", "resources", "move", "test_move.py");
  private static final Path SERVERS = Path.of("/usr/lib/postgresql");

  @Test
  void aDatabaseComesThroughWholeWhateverIsWrittenAndCutOffMeanwhile()
      throws IOException, InterruptedException {
    assumeTrue(hasServer(), "no PostgreSQL here");
    var python = python();
    assumeTrue(python.isPresent(), "no psycopg2 here");
    var run = new ProcessBuilder(python.orElseThrow(), TESTS.toString(), FOLDER.toString());
    run.environment().put("CUTS", System.getProperty("move.cuts", "6"));
    run.environment().put("SEED", System.getProperty("move.seed", "7"));
    var said = Files.createTempFile("move", ".log");
    var program = run.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(program.waitFor(20, TimeUnit.MINUTES)).isTrue();
    assertThat(program.exitValue()).as(Files.readString(said, StandardCharsets.UTF_8)).isZero();
    Files.delete(said);
  }

  private static boolean hasServer() throws IOException {
    if (System.getenv("PG_BIN") != null) {
      return true;
    }
    if (!Files.isDirectory(SERVERS)) {
      return false;
    }
    try (var versions = Files.list(SERVERS)) {
      return versions.anyMatch(version -> Files.isExecutable(version.resolve("bin/initdb")));
    }
  }

  /** Debian's own Python is the one that has Debian's packages, wherever another one is found. */
  private static Optional<String> python() throws IOException, InterruptedException {
    for (var python : List.of("/usr/bin/python3", "python3")) {
      if (hasDriver(python)) {
        return Optional.of(python);
      }
    }
    return Optional.empty();
  }

  private static boolean hasDriver(String python) throws InterruptedException {
    try {
      var command = List.of(python, "-c", "import psycopg2");
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
