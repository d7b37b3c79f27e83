package io.generalbots.operator.cluster.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.generalbots.operator.kernel.Wish;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Passwords and users. */
class CredentialsTest {

  @Test
  void serversAcceptWhateverTheSecretSays() {
    var given = new Given().having(published("p:/ß?"));
    assertThat(new Credentials(given.situation()).users())
        .contains(
            "user default on #34248127c0718771aa410f7aee835da5984cbc07f19104a7dc8c2feb82666c50 ")
        .doesNotContain("p:/ß?");
  }

  @Test
  void theAddressFollowsAChangedPassword() {
    var situation = new Given().having(published("p:/ß?")).situation();
    assertThat(new Connection(situation, "p:/ß?").keys())
        .containsEntry(
            "uri", "redis://default:p%3A%2F%C3%9F%3F@demo-valkey.bots.svc.cluster.local:6379")
        .containsEntry(
            "tls-uri", "rediss://default:p%3A%2F%C3%9F%3F@demo-valkey.bots.svc.cluster.local:6380");
  }

  @Test
  void clientsCannotSpeakToTheSentinelsThroughTheServers() {
    assertThat(new Credentials(new Given().situation()).users())
        .contains("resetchannels &[^_]* +@all -@admin");
  }

  @Test
  void noPasswordIsWrittenOverAKnownOne() {
    var wishes = new Credentials(new Given().having(published("secret")).situation()).wishes();
    assertThat(wishes).filteredOn(Wish.Amend.class::isInstance).hasSize(1);
    assertThat(wishes)
        .filteredOn(Wish.Amend.class::isInstance)
        .allSatisfy(
            w ->
                assertThat(((Secret) ((Wish.Amend) w).object()).getData())
                    .doesNotContainKeys("password", "username"));
  }

  private static Secret published(String password) {
    return new SecretBuilder()
        .withMetadata(new ObjectMetaBuilder(Names.servers("demo").meta()).withUid("u-s").build())
        .addToData(
            "password",
            Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)))
        .build();
  }
}
