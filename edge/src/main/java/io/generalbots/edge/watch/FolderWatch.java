package io.generalbots.edge.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells when something in a folder has changed. It watches the folder and not a file: the files of
 * a Secret are links that are replaced, and so is the file of who writes beside and renames.
 */
public final class FolderWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(FolderWatch.class);

  /** Between two looks for a folder that is not there. */
  private static final long AGAIN_SECONDS = 2;

  private final Path folder;
  private final Runnable changed;
  private final WatchService service;
  private volatile boolean live;

  /**
   * One that begins with {@link #start}.
   *
   * @param changed is called at first, after changes, and after a folder that was gone is back
   */
  public FolderWatch(Path folder, Runnable changed) {
    this.folder = folder;
    this.changed = changed;
    try {
      service = FileSystems.getDefault().newWatchService();
    } catch (IOException e) {
      throw new UncheckedIOException("no folder can be watched here", e);
    }
  }

  /** Begins, on a thread of its own that ends with the program. */
  public void start() {
    var thread = new Thread(this::watch, "watch " + folder.getFileName());
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether a change would be noticed. */
  public boolean isLive() {
    return live;
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        registered().ifPresent(this::follow);
        live = false;
        service.poll(AGAIN_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException e) {
      LOG.debugf(e, "no longer watched: %s", folder);
    }
  }

  private Optional<WatchKey> registered() {
    try {
      return Optional.of(
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE));
    } catch (IOException e) {
      LOG.debugf(e, "cannot be watched yet: %s", folder);
      return Optional.empty();
    }
  }

  /** As long as the folder is the same one; one that was replaced as a whole is watched anew. */
  private void follow(WatchKey key) {
    live = true;
    tell();
    while (key.reset()) {
      try {
        service.take().pollEvents();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      tell();
    }
  }

  /** Whoever is told may fail, and is told of the next change all the same. */
  private void tell() {
    try {
      changed.run();
    } catch (RuntimeException e) {
      LOG.errorf(e, "a change in %s was not taken", folder);
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      LOG.debugf(e, "still watched: %s", folder);
    }
  }
}
