package io.generalbots.edge.geoip;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.edge.Laws;
import io.generalbots.edge.Patience;
import io.generalbots.edge.address.Literal;
import io.generalbots.edge.address.Network;
import io.generalbots.sharding.geo.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A GeoIP database that changes, and one that breaks. */
class GeoFileTest {

  private static final byte[] GERMAN = database("DE", "EU");
  private static final byte[] FRENCH = database("FR", "EU");

  private final Path folder;

  GeoFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 28, 32})
  void theReaderReadsWhatIsWritten(int recordSize) throws IOException {
    var bytes =
        new MmdbWriter(recordSize)
            .with("192.0.2.0/24", "DE", "EU")
            .with("192.0.2.128/25", "FR", "EU")
            .with("2001:db8::/32", "US", "NA")
            .with("198.51.100.7/32", Map.of("continent", Map.of("code", "AS")))
            .with("203.0.113.0/24", Map.of("registered_country", Map.of("iso_code", "BR")))
            .bytes();
    var database = GeoDatabase.read(written("a.mmdb", bytes));
    assertThat(country(database, "192.0.2.127")).hasValue("DE");
    assertThat(country(database, "192.0.2.128")).hasValue("FR");
    assertThat(country(database, "2001:db8::1")).hasValue("US");
    assertThat(country(database, "203.0.113.1")).hasValue("BR");
    assertThat(database.place(address("198.51.100.7")))
        .isEqualTo(new Place(Optional.empty(), Optional.of("AS")));
    assertThat(database.place(address("198.51.100.8"))).isEqualTo(Place.UNKNOWN);
    assertThat(database.place(address("2001:db9::1"))).isEqualTo(Place.UNKNOWN);
    assertThat(database.builtAt()).isEqualTo(Instant.ofEpochSecond(1_790_000_000));
  }

  @Test
  void everyAddressIsInTheLastNetworkThatHasIt() throws IOException {
    Laws.hold(
        30,
        random -> {
          var writer = new MmdbWriter(28);
          var networks = new java.util.ArrayList<Network>();
          for (var i = 0; i < 25; i++) {
            var base = "10." + random.nextInt(4) + "." + random.nextInt(256) + ".0/";
            var network = Network.parse(base + (10 + random.nextInt(15)));
            networks.add(network);
            writer.with(base + network.length(), "C" + (char) ('A' + i), "EU");
          }
          var database = read(writer.bytes());
          for (var i = 0; i < 200; i++) {
            var address =
                address(
                    "10.%d.%d.%d"
                        .formatted(random.nextInt(5), random.nextInt(256), random.nextInt(256)));
            var last = networks.stream().filter(n -> n.contains(address)).reduce((a, b) -> b);
            var expected = last.map(n -> "C" + (char) ('A' + networks.lastIndexOf(n)));
            assertThat(country(database, address.getHostAddress())).isEqualTo(expected);
          }
        });
  }

  @Test
  void aFileThatIsReplacedIsReadAgain() throws IOException {
    try (var file = new GeoFile(written("a.mmdb", GERMAN))) {
      file.start();
      assertThat(file.of(address("192.0.2.1")).country()).hasValue("DE");
      Files.move(written("b", FRENCH), folder.resolve("a.mmdb"), StandardCopyOption.ATOMIC_MOVE);
      Patience.until(() -> file.of(address("192.0.2.1")).country().equals(Optional.of("FR")));
    }
  }

  /**
   * As the kubelet does: a link to a folder of links is replaced, and no file of the name changes.
   */
  @Test
  void aSecretThatIsSwappedByLinkIsReadAgain() throws IOException {
    swap("first", GERMAN);
    Files.createSymbolicLink(folder.resolve("database.mmdb"), Path.of("..data", "database.mmdb"));
    try (var file = new GeoFile(folder.resolve("database.mmdb"))) {
      file.start();
      assertThat(file.of(address("192.0.2.1")).country()).hasValue("DE");
      swap("second", FRENCH);
      Patience.until(() -> file.of(address("192.0.2.1")).country().equals(Optional.of("FR")));
      swap("third", Arrays.copyOf(GERMAN, 100));
      Patience.until(file::isBroken);
      assertThat(file.of(address("192.0.2.1")).country()).hasValue("FR");
    }
  }

  @Test
  void aBrokenFileLeavesTheFormerOne() throws IOException {
    try (var file = new GeoFile(written("a.mmdb", GERMAN))) {
      file.start();
      Files.move(
          written("b", new byte[1000]), folder.resolve("a.mmdb"), StandardCopyOption.ATOMIC_MOVE);
      Patience.until(file::isBroken);
      assertThat(file.of(address("192.0.2.1")).country()).hasValue("DE");
      assertThat(file.failures()).isEqualTo(1);
      Files.move(written("b", FRENCH), folder.resolve("a.mmdb"), StandardCopyOption.ATOMIC_MOVE);
      Patience.until(() -> file.of(address("192.0.2.1")).country().equals(Optional.of("FR")));
      assertThat(file.isBroken()).isFalse();
    }
  }

  @Test
  void aFileThatComesLaterIsRead() throws IOException {
    try (var file = new GeoFile(folder.resolve("later/a.mmdb"))) {
      file.start();
      assertThat(file.of(address("192.0.2.1"))).isEqualTo(Place.UNKNOWN);
      assertThat(file.builtAt()).isEmpty();
      Files.createDirectory(folder.resolve("later"));
      written("later/a.mmdb", GERMAN);
      Patience.until(() -> file.of(address("192.0.2.1")).country().equals(Optional.of("DE")));
    }
  }

  @Test
  void aFileThatIsRemovedIsNotForgotten() throws IOException {
    try (var file = new GeoFile(written("a.mmdb", GERMAN))) {
      file.start();
      Files.delete(folder.resolve("a.mmdb"));
      written("a.mmdb", FRENCH);
      Patience.until(() -> file.of(address("192.0.2.1")).country().equals(Optional.of("FR")));
    }
  }

  /** Whatever a file holds, it is a database or refused, and an address is somewhere or nowhere. */
  @Test
  void noFileBreaksIt() {
    var read = new AtomicInteger();
    Laws.hold(
        5_000,
        random -> {
          var bytes = GERMAN.clone();
          for (var i = random.nextInt(8); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
          }
          var cut = random.nextInt(3) * random.nextInt(100);
          try {
            var path = written("mangled", Arrays.copyOf(bytes, bytes.length - cut));
            var database = GeoDatabase.read(path);
            assertThat(database.place(address("192.0.2.1"))).isNotNull();
            read.incrementAndGet();
            assertThat(database.place(address("2001:db8::1"))).isNotNull();
          } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotBlank();
          }
        });
    assertThat(read.get()).isBetween(100, 4_900);
  }

  private void swap(String name, byte[] bytes) throws IOException {
    Files.createDirectory(folder.resolve(name));
    written(name + "/database.mmdb", bytes);
    Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(name));
    Files.move(
        folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] database(String country, String continent) {
    return new MmdbWriter(24)
        .with("192.0.2.0/24", country, continent)
        .with("2001:db8::/32", country, continent)
        .bytes();
  }

  private Path written(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private GeoDatabase read(byte[] bytes) {
    try {
      return GeoDatabase.read(written("law.mmdb", bytes));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Optional<String> country(GeoDatabase database, String address) {
    try {
      return database.place(address(address)).country();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static InetAddress address(String text) {
    return Literal.of(text).orElseThrow();
  }
}
