package io.generalbots.edge.geoip;

import io.generalbots.edge.route.Places;
import io.generalbots.edge.watch.FolderWatch;
import io.generalbots.edge.watch.Lines;
import io.generalbots.sharding.geo.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The database in a file, read again when that changes. A broken one does not replace a good one.
 */
public final class GeoFile implements Places, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(GeoFile.class);

  private final Path file;
  private final FolderWatch watch;
  private final AtomicLong failures = new AtomicLong();
  private volatile Optional<GeoDatabase> database = Optional.empty();
  private volatile boolean broken;
  private String stamp = "";

  /** The one at this path. */
  public GeoFile(Path path) {
    file = path.toAbsolutePath();
    watch = new FolderWatch(Optional.ofNullable(file.getParent()).orElse(file), this::look);
  }

  /** Reads it and begins to watch. */
  public void start() {
    look();
    watch.start();
  }

  /** Unknown as long as there is no database. */
  @Override
  public Place of(InetAddress address) {
    try {
      var now = database;
      return now.isPresent() ? now.orElseThrow().place(address) : Place.UNKNOWN;
    } catch (IOException e) {
      failures.incrementAndGet();
      return Place.UNKNOWN;
    }
  }

  /** When the database that serves now was made, if there is one. */
  public Optional<Instant> builtAt() {
    return database.map(GeoDatabase::builtAt);
  }

  /** Whether the file is there and cannot be used. */
  public boolean isBroken() {
    return broken;
  }

  /**
   * Files that could not be read, and addresses that could not be found for a fault of the file.
   */
  public long failures() {
    return failures.get();
  }

  @Override
  public void close() {
    watch.close();
  }

  /** Reads the file if it is another one than before. */
  synchronized void look() {
    try {
      var now = stampOf(file);
      if (!now.equals(stamp)) {
        stamp = now;
        read();
      }
    } catch (IOException e) {
      stamp = "";
      LOG.debugf(e, "%s is not there", file);
    }
  }

  private void read() {
    try {
      var read = GeoDatabase.read(file);
      database = Optional.of(read);
      broken = false;
      LOG.infof("%s: the database of %s", file, read.builtAt());
    } catch (IOException e) {
      broken = true;
      failures.incrementAndGet();
      LOG.errorf(
          "%s cannot be used, %s: %s",
          file,
          database.isPresent() ? "the former one stays" : "no place is known",
          Lines.oneLine(String.valueOf(e.getMessage())));
    }
  }

  /** Another file behind the links, or another content of it. */
  private static String stampOf(Path file) throws IOException {
    var real = file.toRealPath();
    var about = Files.readAttributes(real, BasicFileAttributes.class);
    return real + " " + about.fileKey() + " " + about.lastModifiedTime() + " " + about.size();
  }
}
