package io.generalbots.operator.cluster.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An address is read as users write it. */
class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "db.example.com:6432, 5432, db.example.com:6432",
    "db.example.com, 5432, db.example.com:5432",
    "https://vault.example.com:8200/path, 8200, vault.example.com:8200",
    "https://s3.example.com, 8333, s3.example.com:443",
    "http://s3.example.com/x:1, 8333, s3.example.com:80",
    "http://[2001:db8::1]:9000, 80, [2001:db8::1]:9000",
    "[2001:db8::1]:5433, 5432, [2001:db8::1]:5433",
    "rediss://cache.example.com, 6379, cache.example.com:6379",
    "wss://meet.example.com, 7880, meet.example.com:443",
  })
  void whatIsNotWrittenFollowsFromTheSchemeOrTheProtocol(
      String written, int standard, String address) {
    assertThat(Address.of(written, standard)).hasToString(address);
  }
}
