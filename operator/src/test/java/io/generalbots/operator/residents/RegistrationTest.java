package io.generalbots.operator.residents;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrationTest {

  private static final Registration ACME =
      new Registration(
          "acme",
          "team-acme",
          "uid",
          List.of("acme.example.com"),
          List.of("support"),
          false,
          new Allowance(64, 128, 10, 600),
          List.of(new Login("t-acme-a", "digest")),
          List.of(new Login("t-acme-a", "key")),
          List.of(),
          List.of(),
          false,
          false,
          false,
          Map.of(),
          "",
          "");

  @Test
  void what_is_written_is_what_is_read() {
    assertThat(Registration.of(ACME.secret("demo", true))).contains(ACME);
  }

  @Test
  void what_it_may_not_is_written_only_where_there_is_anything() {
    var free = ACME.secret("demo", true);
    var held = new Registered("acme", "team-acme").restrained("valkey");
    assertThat(Secrets.text(free, Registration.KEY)).doesNotContain("restraints");
    assertThat(Registration.of(held.secret("demo", true))).contains(held);
    assertThat(held.isRestrained("valkey")).isTrue();
    assertThat(held.isRestrained("seaweedfs")).isFalse();
    assertThat(held.ended().restraints()).isEmpty();
  }

  @Test
  void a_secret_without_one_holds_none() {
    var meta = new ObjectMetaBuilder().withName("other").build();

    assertThat(Registration.of(Secrets.opaque(meta, Map.of()))).isEmpty();
    assertThat(Registration.of(Secrets.opaque(meta, Map.of(Registration.KEY, "{")))).isEmpty();
  }

  @Test
  void no_secret_is_in_its_text() {
    assertThat(ACME.toString() + ACME.drive()).doesNotContain("key", "digest");
  }

  @Test
  void those_are_counted_that_every_store_lets_in() {
    var other = new Registered("rival", "team-rival").registration();
    var meta = new ObjectMetaBuilder().withName("none").build();
    var broken = Registered.secret(ACME);
    broken.setMetadata(new ObjectMetaBuilder(broken.getMetadata()).withName("broken").build());
    broken.setStringData(Map.of());
    broken.setData(Map.of());
    var facts =
        facts(
            Registered.secret(ACME),
            Registered.secret(other, false),
            broken,
            Secrets.opaque(meta, Map.of()));

    assertThat(Residents.of(facts)).containsExactly(ACME, other);
    assertThat(Residents.ready(facts)).isEqualTo(1);
  }

  @Test
  void thosePodsCarryThatAreLabelledSoWhereverTheTenantsAre() {
    var other = new Registered("rival", "team-rival").registration();
    var peer =
        Residents.carriers(facts(Registered.secret(ACME), Registered.secret(other))).orElseThrow();
    var namespaces = peer.getNamespaceSelector().getMatchExpressions().get(0);
    assertThat(namespaces.getKey()).isEqualTo("kubernetes.io/metadata.name");
    assertThat(namespaces.getValues()).containsExactly(ACME.namespace(), "team-rival");
    var pods = peer.getPodSelector().getMatchExpressions().get(0);
    assertThat(pods.getKey()).isEqualTo("generalbots.io/component");
    assertThat(pods.getValues()).containsExactly("export", "import", "move");
    assertThat(Residents.carriers(facts())).isEmpty();
    assertThat(Residents.carriers(facts(Registered.secret(other.inCell())))).isEmpty();
  }

  private static Facts facts(Secret... secrets) {
    var settings = new Settings("operators", "cluster.local", Map.of());
    return new Facts(Instant.EPOCH, new SecureEntropy(), List.of(secrets), settings);
  }
}
