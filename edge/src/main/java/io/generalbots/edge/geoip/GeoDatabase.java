package io.generalbots.edge.geoip;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import io.generalbots.sharding.geo.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** One database, in memory: its file may be replaced or removed meanwhile. */
final class GeoDatabase {

  /** Bytes of an address of IPv4, and its number. */
  private static final int FOUR = 4;

  private final Reader reader;
  private final Instant builtAt;

  private GeoDatabase(Reader reader) {
    this.reader = reader;
    builtAt = reader.getMetadata().buildTime();
  }

  /**
   * The database of a file.
   *
   * @throws IOException if it is none, or cannot answer
   */
  static GeoDatabase read(Path file) throws IOException {
    try (var stream = Files.newInputStream(file)) {
      var database = new GeoDatabase(new Reader(stream, new CHMCache()));
      database.probe();
      return database;
    } catch (RuntimeException e) {
      throw new IOException("it is damaged", e);
    }
  }

  /**
   * Where an address is; unknown if the database has nothing of it.
   *
   * @throws IOException if the file is damaged there
   */
  Place place(InetAddress address) throws IOException {
    if (address.getAddress().length > FOUR && reader.getMetadata().ipVersion() == FOUR) {
      return Place.UNKNOWN;
    }
    try {
      return Optional.ofNullable(reader.get(address, GeoRecord.class))
          .map(GeoRecord::place)
          .orElse(Place.UNKNOWN);
    } catch (RuntimeException e) {
      // Whatever a damaged file makes the reader do: it underflows buffers and casts in vain.
      throw new IOException("it is damaged", e);
    }
  }

  /** When it was made. */
  Instant builtAt() {
    return builtAt;
  }

  /**
   * A file that was cut or mangled opens well, and fails in use: one address of every /8 is tried.
   */
  private void probe() throws IOException {
    for (var first = 0; first < 256; first++) {
      place(InetAddress.getByAddress(new byte[] {(byte) first, 0, 0, 1}));
    }
  }
}
