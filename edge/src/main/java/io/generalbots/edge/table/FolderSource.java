package io.generalbots.edge.table;

import io.generalbots.edge.watch.FolderWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Documents that are files {@code <policy>-routing.json} of a folder, for where there is no API
 * server.
 */
public final class FolderSource implements Source {

  private static final Logger LOG = Logger.getLogger(FolderSource.class);
  private static final String END = ".json";

  private final Path folder;
  private Consumer<Map<String, String>> listener = documents -> {};
  private final FolderWatch watch;

  /** The files of this folder. */
  public FolderSource(Path folder) {
    this.folder = folder;
    this.watch = new FolderWatch(folder, this::read);
  }

  @Override
  public void start(Consumer<Map<String, String>> to) {
    listener = to;
    watch.start();
  }

  @Override
  public boolean isLive() {
    return watch.isLive();
  }

  @Override
  public void close() {
    watch.close();
  }

  private void read() {
    var documents = new TreeMap<String, String>();
    try (var files = Files.newDirectoryStream(folder, "*" + END)) {
      for (var file : files) {
        var name = String.valueOf(file.getFileName());
        documents.put(name.substring(0, name.length() - END.length()), Files.readString(file));
      }
    } catch (IOException e) {
      LOG.warnf(e, "the files of %s cannot be read; what was read before stays", folder);
      return;
    }
    listener.accept(documents);
  }
}
