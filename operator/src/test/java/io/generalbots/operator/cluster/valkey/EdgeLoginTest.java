package io.generalbots.operator.cluster.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The user of the gateways. */
class EdgeLoginTest {

  private static final Path TRIED =
      Path.of("../dev/images/caddy/source/limit_valkey_test.go").toAbsolutePath();

  @Test
  void serversTakeThePasswordThatIsInTheSecretOfTheGateways() {
    var credentials = new Credentials(new Given().having(live(), certificate()).situation());
    assertThat(credentials.users())
        .contains("user edge on #%s resetkeys ~edge:* ".formatted(Digest.sha256("kept")))
        .doesNotContain("kept");
  }

  @Test
  void inTheRoundThatMakesThePasswordServersAreToldTheSame() {
    var credentials = new Credentials(new Given().situation());
    var made =
        credentials.wishes().stream()
            .filter(Wish.Once.class::isInstance)
            .flatMap(w -> Wishes.object(w).stream())
            .filter(o -> "demo-valkey-edge".equals(o.getMetadata().getName()))
            .map(Secret.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(Secrets.text(made, "username")).isEqualTo("edge");
    assertThat(credentials.users())
        .contains("user edge on #" + Digest.sha256(Secrets.text(made, "password")));
  }

  @Test
  void theAddressIsThatOfThePrimaryOverTlsWhichTheClustersAuthorityVouchesFor() {
    var told = told(new Given().having(live(), certificate()));
    assertThat(told.map(s -> Secrets.text(s, "uri")))
        .contains("rediss://edge:kept@demo-valkey.bots.svc.cluster.local:6380");
    assertThat(told.map(s -> Secrets.text(s, "ca.crt"))).contains("PEM");
    assertThat(told.map(s -> Secrets.text(s, "password"))).contains("");
  }

  @Test
  void noAddressIsToldBeforeItCanBeVerified() {
    assertThat(told(new Given().having(live()))).isEmpty();
  }

  /** The test of the gateways' program signs in with just these rights. */
  @Test
  void theRightsAreThoseThatTheGatewaysProgramWasTriedWith() throws IOException {
    assertThat(Files.readString(TRIED)).contains("user edge on >secret " + EdgeLogin.RULES + "\"");
  }

  private static Optional<Secret> told(Given given) {
    return new Credentials(given.situation())
        .wishes().stream()
            .filter(Wish.Amend.class::isInstance)
            .map(w -> ((Wish.Amend) w).object())
            .filter(o -> "demo-valkey-edge".equals(o.getMetadata().getName()))
            .map(Secret.class::cast)
            .findFirst();
  }

  private static Secret live() {
    var meta = new ObjectMetaBuilder(Names.servers("demo").meta(Names.EDGE)).withUid("u-e").build();
    return Secrets.basicAuth(meta, Map.of("username", "edge", "password", "kept"));
  }

  private static Secret certificate() {
    var name = Names.servers("demo").meta(Names.SERVER_CERTIFICATE);
    return new SecretBuilder(Secrets.opaque(name, Map.of("ca.crt", "PEM"))).build();
  }
}
