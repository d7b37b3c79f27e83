package io.generalbots.operator.cluster.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The certificates that the operator makes itself, and when. */
class CertificatesTest {

  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Given given = new Given();

  @Test
  void theAuthorityComesFirst() {
    given.rounds(1);
    assertThat(given.health().reason()).isEqualTo("Issuing");
    assertThat(Secrets.text(given.secret("demo-ca"), "ca.key")).contains("PRIVATE KEY");
    given.rounds(1);
    assertThat(given.health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void namesAreThoseOfAllServicesInAllForms() {
    var names = X509.names(given.rounds(2).served().identity().certificate());
    assertThat(names)
        .contains("demo-pooler", "demo-pooler.bots", "demo-pooler.bots.svc")
        .contains("demo-postgres-rw.bots.svc.cluster.local", "demo-postgres-ro", "demo-postgres-r")
        .contains("*.demo-postgres.bots.svc.cluster.local");
  }

  @Test
  void valkeyHasACertificateOfItsOwn() {
    var request = Requests.of(given.cluster(), given.facts().settings()).get(1);
    assertThat(request.secretName()).isEqualTo("demo-valkey-server");
    assertThat(request.names())
        .contains("demo-valkey.bots.svc.cluster.local", "demo-valkey-ro")
        .contains("*.demo-valkey-headless.bots.svc", "*.demo-valkey-sentinel.bots.svc");
  }

  @Test
  void lifetimesAreThoseOfTheSpec() {
    given.certificates("{lifetimeDays: 10, renewBeforeDays: 2}").rounds(2);
    var validity = given.served().identity().validity();
    assertThat(validity.until()).isEqualTo(Given.START.plus(Duration.ofDays(10)));
    assertThat(validity.from()).isEqualTo(Given.START.minus(SKEW));
  }

  @Test
  void renewalComesAtTwoThirdsThoughTheSpecAsksForLater() {
    given.certificates("{lifetimeDays: 90, renewBeforeDays: 1}").rounds(2);
    var first = given.served().identity();
    var due = given.nextLook().orElseThrow();
    assertThat(due).isBefore(Given.START.plus(Duration.ofDays(60)));
    given.later(Duration.between(Given.START, due).minusSeconds(1)).rounds(1);
    assertThat(given.served().identity()).isEqualTo(first);
    given.later(Duration.ofSeconds(1)).rounds(1);
    assertThat(given.served().identity()).isNotEqualTo(first);
    assertThat(given.served().identity().validity().until())
        .isEqualTo(due.plus(Duration.ofDays(90)));
  }

  @Test
  void renewalComesEarlierWhereTheSpecSaysSo() {
    given.certificates("{lifetimeDays: 90, renewBeforeDays: 80}").rounds(2);
    assertThat(given.nextLook()).contains(Given.START.plus(Duration.ofDays(10)));
  }

  @Test
  void aShorterLifetimeCountsAtOnce() {
    given.rounds(2);
    var first = given.served().identity();
    given.certificates("{lifetimeDays: 60}").rounds(1);
    assertThat(given.served().identity()).isNotEqualTo(first);
    given.certificates("{lifetimeDays: 80}");
    var second = given.served().identity();
    assertThat(given.rounds(1).served().identity()).isEqualTo(second);
  }

  @Test
  void nothingChangesOnItsOwn() {
    var before = given.rounds(2).secret("demo-server");
    assertThat(given.later(Duration.ofDays(20)).rounds(3).secret("demo-server")).isEqualTo(before);
  }

  @Test
  void theSameFactsGiveTheSameCertificates() {
    var once = new Given().rounds(2).secret("demo-server");
    assertThat(new Given().rounds(2).secret("demo-server")).isEqualTo(once);
  }

  @Test
  void anExpiredCertificateIsToldAndReplaced() {
    given.rounds(2).later(Duration.ofDays(91));
    assertThat(given.health().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(given.health().reason()).isEqualTo("Expired");
    assertThat(given.rounds(1).health().state()).isEqualTo(Health.State.READY);
    assertThat(Certificates.expiry(given.cluster(), given.facts()))
        .contains(given.now().plus(Duration.ofDays(90)));
  }

  @Test
  void aDamagedCertificateIsReplaced() {
    given.rounds(2);
    var secret = given.secret("demo-server");
    secret.getData().put("tls.key", given.secret("demo-valkey-server").getData().get("tls.key"));
    assertThat(given.request().served(given.facts())).isEmpty();
    assertThat(given.rounds(1).served().identity().isWhole()).isTrue();
  }

  @Test
  void whatIsServedStaysWhileTheAuthorityIsMadeAnew() {
    given.rounds(2);
    given.without("Secret/demo-ca");
    assertThat(((Plan.Apply) given.plan()).wishes()).hasSize(3);
  }

  @Test
  void anAuthorityThatCannotBeReadIsLeftToItsUser() {
    given.rounds(2);
    given.secret("demo-ca").getData().remove("ca.key");
    assertThat(given.plan()).isInstanceOf(Plan.Hold.class);
    assertThat(given.health().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(given.health().reason()).isEqualTo("SecretIncomplete");
  }

  @Test
  void eachCertificateIsReadOnceARound() {
    var facts = given.rounds(2).facts();
    var survey = Survey.of(given.cluster(), facts);
    assertThat(Survey.of(given.cluster(), facts)).isSameAs(survey);
    assertThat(Survey.of(given.cluster(), given.facts())).isNotSameAs(survey);
  }

  @Test
  void theNextLookIsAlwaysAhead() {
    given.rounds(2);
    Stream.of(1, 20, 29, 10)
        .map(Duration::ofDays)
        .forEach(
            step -> {
              given.later(step).rounds(3);
              assertThat(given.nextLook())
                  .hasValueSatisfying(at -> assertThat(at).isAfter(given.now()));
            });
  }
}
