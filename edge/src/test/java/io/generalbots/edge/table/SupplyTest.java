package io.generalbots.edge.table;

import static io.generalbots.edge.Published.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.edge.Patience;
import io.generalbots.edge.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables from a source that comes and goes, and from the copy on the disk. */
class SupplyTest {

  private static final Map<String, String> DOCUMENTS =
      Map.of("by-tenant-routing", json(Published.byTenant()));

  private final Path folder;

  SupplyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private final Board board = new Board();
  private final ByHand source = new ByHand();
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private final InstantSource clock = () -> now;

  @Test
  void tablesAgeWhileTheSourceIsAway() {
    try (var supply = new Supply(board, source, Optional.empty(), clock)) {
      supply.start();
      assertThat(supply.age()).isEmpty();
      source.tell(DOCUMENTS);
      now = now.plusSeconds(100);
      assertThat(supply.age()).hasValue(Duration.ZERO);
      source.isLive = false;
      now = now.plusSeconds(100);
      assertThat(supply.age()).hasValue(Duration.ofSeconds(100));
      assertThat(board.tables().policies()).containsOnlyKeys("by-tenant");
      source.isLive = true;
      assertThat(supply.age()).hasValue(Duration.ZERO);
    }
  }

  @Test
  void aStartWithoutASourceServesTheCopy() {
    var copy = Optional.of(new LastKnown(folder.resolve("tables.json")));
    try (var supply = new Supply(board, source, copy, InstantSource.system())) {
      supply.start();
      assertThat(board.isFilled()).isFalse();
      source.tell(DOCUMENTS);
    }
    var next = new Board();
    var away = new ByHand();
    away.isLive = false;
    try (var supply = new Supply(next, away, copy, InstantSource.system())) {
      supply.start();
      assertThat(next.isFilled()).isTrue();
      assertThat(next.tables().policies()).containsOnlyKeys("by-tenant");
      assertThat(supply.age().orElseThrow()).isLessThan(Duration.ofMinutes(1));
      away.tell(Map.of());
      assertThat(next.tables().policies()).isEmpty();
    }
  }

  @Test
  void aCopyThatIsBrokenIsNone() throws IOException {
    var file = Files.writeString(folder.resolve("tables.json"), "{\"by-tenant-routing\":");
    try (var supply = new Supply(board, source, Optional.of(new LastKnown(file)), clock)) {
      supply.start();
      assertThat(board.isFilled()).isFalse();
    }
  }

  @Test
  void aCopyThatCannotBeWrittenKeepsNothingFromServing() {
    var nowhere = Optional.of(new LastKnown(folder.resolve("no/such/folder/tables.json")));
    try (var supply = new Supply(board, source, nowhere, clock)) {
      supply.start();
      source.tell(DOCUMENTS);
      assertThat(board.tables().policies()).containsOnlyKeys("by-tenant");
    }
  }

  @Test
  void filesOfAFolderAreTables() throws IOException {
    try (var supply = new Supply(board, new FolderSource(folder), Optional.empty(), clock)) {
      supply.start();
      Patience.until(board::isFilled);
      var beside =
          Files.writeString(folder.resolve("beside"), DOCUMENTS.values().iterator().next());
      Files.move(beside, folder.resolve("by-tenant-routing.json"), StandardCopyOption.ATOMIC_MOVE);
      Patience.until(() -> board.tables().policies().containsKey("by-tenant"));
      Files.delete(folder.resolve("by-tenant-routing.json"));
      Patience.until(() -> board.tables().policies().isEmpty());
      assertThat(supply.age()).hasValue(Duration.ZERO);
    }
  }

  /** A source that tells what a test wants. */
  private static final class ByHand implements Source {
    private Consumer<Map<String, String>> listener = documents -> {};
    private boolean isLive = true;

    @Override
    public void start(Consumer<Map<String, String>> to) {
      listener = to;
    }

    @Override
    public boolean isLive() {
      return isLive;
    }

    @Override
    public void close() {
      listener = documents -> {};
    }

    private void tell(Map<String, String> documents) {
      listener.accept(documents);
    }
  }
}
