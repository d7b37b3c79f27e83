package io.generalbots.operator.cluster.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.residents.Allowance;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.residents.Registration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who of the Tenants is let in, and to what. */
class TenantUsersTest {

  private static final Registered ACME = new Registered("acme", "team");

  @SuppressWarnings("NullAway.Init") // JUnit makes it.
  @TempDir
  private static Path folder;

  private static final Path SCRIPTS = Path.of("src", "main", "resources", "valkey");
  private static final String DIGEST = Digest.sha256(ACME.password());

  @Test
  void eachIsHeldToItsOwnKeysAndChannels() throws IOException {
    var lines = users(ACME.registration(), new Registered("rival", "team").registration());
    assertThat(lines)
        .contains("user t-acme-a on #" + DIGEST + " ~t:acme:* resetchannels &t:acme:* -@all ")
        .contains(" ~t:rival:* resetchannels &t:rival:* -@all ")
        .doesNotContain(ACME.password());
  }

  @Test
  void nothingIsAllowedThatShowsOthersOrTheServer() throws IOException {
    var line = users(ACME.registration()).lines().filter(l -> l.contains("acme")).toList();
    assertThat(line).hasSize(1);
    allowsNothing(line.get(0).split(" "));
  }

  private static void allowsNothing(String... line) {
    assertThat(line).contains("-@admin", "-@dangerous");
    assertThat(line)
        .doesNotContain("+@all", "+@keyspace", "+@pubsub", "+@scripting", "+@connection")
        .doesNotContain("+keys", "+scan", "+select", "+client", "+client|tracking", "+info")
        .doesNotContain("+script", "+function|load", "+fcall", "+wait", "+pubsub", "~*", "&*");
  }

  @Test
  void whoHasTooMuchAddsNothingAndStillRemoves() throws IOException {
    var words =
        users(ACME.restrained("valkey"))
            .lines()
            .filter(line -> line.contains("acme"))
            .findFirst()
            .map(line -> List.of(line.trim().split(" ")))
            .orElseThrow();
    var after = words.subList(words.indexOf("-@write") + 1, words.size());
    assertThat(words).containsOnlyOnce("-@write");
    assertThat(after).contains("+del", "+unlink", "+expire", "+lpop", "+srem", "+xtrim");
    assertThat(after)
        .doesNotContain("+set", "+append", "+copy", "+rename", "+lpush", "+xadd", "+persist")
        .noneMatch(word -> word.startsWith("+@"));
    assertThat(users(ACME.restrained("seaweedfs"))).isEqualTo(users(ACME.registration()));
    assertThat(users(ACME.restrained("valkey"), new Registered("rival", "team").registration()))
        .containsOnlyOnce("-@write");
  }

  @Test
  void theSuspendedAreNotLetIn() throws IOException {
    assertThat(users(ACME.suspended())).doesNotContain("acme");
  }

  /** A line that cannot be read would keep everybody's changes from the servers. */
  @Test
  void whatCannotBeALoginOfItsTenantIsLeftOut() throws IOException {
    assertThat(users(with("t-acme-a", "nopass ~*"))).doesNotContain("acme");
    assertThat(users(with("t-acme-a\nuser x on nopass ~* +@all", DIGEST))).doesNotContain("acme");
    assertThat(users(with("t-rival-a", DIGEST))).doesNotContain("rival");
    assertThat(users(with("default", DIGEST))).containsOnlyOnce("user default ");
    assertThat(users(with("operator", DIGEST))).containsOnlyOnce("user operator ");
  }

  private static Registration with(String name, String digest) {
    var login = List.of(new Login(name, digest));
    return new Registration(
        "acme",
        "team",
        "uid",
        List.of(),
        List.of(),
        false,
        new Allowance(1, 1, 1, 1),
        login,
        List.of(),
        List.of(),
        List.of(),
        false,
        false,
        false,
        Map.of(),
        "",
        "");
  }

  private static Given given(Registration... registrations) {
    var given = new Given();
    for (var registration : registrations) {
      given.having(Registered.secret(registration));
    }
    return given;
  }

  /** As a script of the servers writes them. */
  private static String users(Registration... registrations) throws IOException {
    var credentials = new Credentials(given(registrations).situation());
    Files.writeString(folder.resolve("users.acl"), credentials.users());
    Files.writeString(folder.resolve("tenants"), credentials.tenants());
    Files.writeString(folder.resolve("tenant.rules"), TenantUsers.rules());
    var script = ". %1$s/common.sh; . %1$s/users.sh; all_users".formatted(SCRIPTS);
    var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script);
    builder.environment().putAll(Map.of("ACL", folder.toString(), "SETTINGS", folder.toString()));
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A Secret holds a mebibyte. */
  @Test
  void thousandsAreFarFromWhatASecretHolds() {
    var two = new Registration[2_000];
    Arrays.setAll(two, i -> new Registered("some-tenant-" + i, "team").registration());
    var told = new Credentials(given(two).situation()).tenants();
    assertThat(told.lines()).hasSize(2_000);
    assertThat(told).hasSizeLessThan(1_048_576 / 4);
  }
}
