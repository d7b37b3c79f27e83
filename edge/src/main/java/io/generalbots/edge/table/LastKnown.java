package io.generalbots.edge.table;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.generalbots.edge.watch.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A copy of the documents on a disk, for a start while the API server is away.
 *
 * @param file that holds it
 */
public record LastKnown(Path file) {

  private static final Logger LOG = Logger.getLogger(LastKnown.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was kept.
   *
   * @param documents by name
   * @param at when they were written
   */
  public record Copy(Map<String, String> documents, Instant at) {}

  /** What was kept, if there is any and it can be read. */
  public Optional<Copy> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var documents = JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {});
      return Optional.of(new Copy(documents, Files.getLastModifiedTime(file).toInstant()));
    } catch (IOException e) {
      LOG.warnf("the copy %s cannot be read: %s", file, Lines.oneLine(String.valueOf(e)));
      return Optional.empty();
    }
  }

  /** Keeps these. Whoever reads meanwhile gets those of before or these, and no half of them. */
  public void write(Map<String, String> documents) {
    try {
      var beside = file.resolveSibling(file.getFileName() + ".new");
      Files.write(beside, JSON.writeValueAsBytes(documents));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warnf("the copy %s cannot be written: %s", file, Lines.oneLine(String.valueOf(e)));
    }
  }
}
