package io.generalbots.operator.cluster.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kube.Secrets;
import java.io.StringWriter;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;

/** Certificates of the user: used when they fit, and refused with a reason when they do not. */
class ProvidedSecretsTest {

  private static final String SIGNING = "{caSecretName: company-ca}";
  private static final String BOTH = "{caSecretName: company-ca, serverSecretName: company-server}";
  private static final Duration YEAR = Duration.ofDays(365);
  private static final List<String> NAMES =
      List.of("demo-postgres-rw", "demo-pooler", "*.bots.svc.cluster.local");

  private final Given given = new Given();
  private final Company company = new Company(given.entropy);

  @Test
  void theUsersAuthoritySigns() {
    given.certificates(SIGNING).provided("company-ca", company.authority()).rounds(1);
    assertThat(given.served().trust().authorities()).containsExactly(company.root());
    assertThat(given.served().holds(given.now())).isTrue();
    assertThat(given.health().state()).isEqualTo(Health.State.READY);
    assertThat(given.facts().owned()).hasSize(2);
  }

  @Test
  void theUsersServerCertificateIsHandedOn() {
    var secret = company.server(YEAR, NAMES);
    given.certificates(BOTH).provided("company-ca", company.trust());
    given.provided("company-server", secret).rounds(1);
    assertThat(Secrets.text(given.secret("demo-server"), "tls.crt"))
        .isEqualTo(secret.get("tls.crt"));
    assertThat(Secrets.text(given.secret("demo-valkey-server"), "tls.key"))
        .isEqualTo(secret.get("tls.key"));
  }

  @Test
  void aRenewedServerCertificateIsHandedOnAtOnce() {
    given.certificates(BOTH).provided("company-ca", company.trust());
    given.provided("company-server", company.server(YEAR, NAMES)).rounds(1);
    var renewed = company.issue(YEAR.multipliedBy(2), NAMES);
    given.provided("company-server", Company.secret(renewed)).rounds(1);
    assertThat(given.served().identity().certificate()).isEqualTo(renewed.certificate());
  }

  @Test
  void whatRunsStaysWhenTheReplacementIsWrong() {
    given.certificates(BOTH).provided("company-ca", company.trust());
    given.provided("company-server", company.server(YEAR, NAMES)).rounds(1);
    var before = given.secret("demo-server");
    given.provided("company-server", company.server(YEAR, List.of("elsewhere"))).rounds(1);
    assertThat(given.secret("demo-server")).isEqualTo(before);
    assertThat(given.plan()).isInstanceOf(Plan.Hold.class);
    assertThat(given.health().state()).isEqualTo(Health.State.DEGRADED);
  }

  @Test
  void aMissingSecretIsNamed() {
    given.certificates(SIGNING);
    assertRefused("SecretMissing", "company-ca of spec.certificates.caSecretName");
    given.certificates(BOTH).provided("company-ca", company.trust());
    assertRefused("SecretMissing", "company-server of spec.certificates.serverSecretName");
  }

  @Test
  void missingKeysAreNamed() {
    given.certificates(SIGNING).provided("company-ca", company.trust());
    assertRefused("SecretIncomplete", "tls.crt and tls.key");
    given.provided("company-ca", Map.of("tls.crt", "nonsense", "tls.key", "nonsense"));
    assertRefused("SecretIncomplete", "cannot be read");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    var mixed = new HashMap<>(company.authority());
    mixed.put("tls.key", new Company(given.entropy).authority().get("tls.key"));
    given.certificates(SIGNING).provided("company-ca", mixed);
    assertRefused("KeyMismatch", "tls.key is not the key of tls.crt");
  }

  @Test
  void aServerCertificateCannotSign() {
    given.certificates(SIGNING).provided("company-ca", company.server(YEAR, NAMES));
    assertRefused("NotAnAuthority", "may not sign");
  }

  @Test
  void namesThatAreUsedMustBeThere() {
    given.certificates(BOTH).provided("company-ca", company.trust());
    given.provided("company-server", company.server(YEAR, List.of("demo-pooler")));
    assertRefused("NamesMissing", "demo-postgres-rw");
  }

  @Test
  void aCertificateThatEndedIsRefused() {
    given.certificates(BOTH).provided("company-ca", company.trust());
    given.provided("company-server", company.server(Duration.ofDays(1), NAMES));
    given.later(Duration.ofDays(2));
    assertRefused("Expired", "renew it");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() {
    given.certificates(BOTH).provided("company-ca", new Company(given.entropy).trust());
    given.provided("company-server", company.server(YEAR, NAMES));
    assertRefused("NotTrusted", "not signed by the authority");
  }

  @Test
  void anIntermediateNeedsItsRoot() {
    var keys = given.entropy.keyPair();
    var draft = new Draft("Between", Validity.starting(Given.START, YEAR), given.entropy.serial());
    var alone = X509.authority(draft, keys.getPublic(), keys.getPrivate());
    given.certificates(SIGNING);
    given.provided(
        "company-ca",
        Map.of(
            "tls.crt", Pem.of(List.of(alone)),
            "tls.key", Pem.of(keys.getPrivate()),
            "ca.crt", company.trust().get("ca.crt")));
    assertRefused("NotTrusted", "put the root in ca.crt");
  }

  @Test
  void nothingOutlivesItsAuthority() {
    var keys = given.entropy.keyPair();
    var validity = Validity.starting(Given.START, Duration.ofDays(20));
    var draft = new Draft("Short", validity, given.entropy.serial());
    var authority = X509.authority(draft, keys.getPublic(), keys.getPrivate());
    given.certificates(SIGNING);
    given.provided(
        "company-ca", Company.secret(new Identity(List.of(authority), keys.getPrivate())));
    given.rounds(1);
    var first = given.served().identity();
    assertThat(first.validity().until()).isEqualTo(validity.until());
    assertThat(given.later(Duration.ofDays(19)).rounds(1).served().identity()).isEqualTo(first);
    assertThat(given.nextLook()).contains(validity.until());
  }

  /** As OpenSSL writes them: with the curve inside, which the JDK's own keys leave out. */
  @Test
  void olderFormsOfKeysAreUnderstood() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC", DeterministicSigner.PROVIDER);
    generator.initialize(256);
    var key = generator.generateKeyPair().getPrivate();
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(key);
    }
    assertThat(text.toString()).contains("BEGIN EC PRIVATE KEY");
    assertThat(((ECPrivateKey) Pem.privateKey(text.toString())).getS())
        .isEqualTo(((ECPrivateKey) key).getS());
  }

  private void assertRefused(String reason, String message) {
    assertThat(given.plan()).isInstanceOf(Plan.Hold.class);
    assertThat(given.health().state()).isEqualTo(Health.State.WAITING);
    assertThat(given.health().reason()).isEqualTo(reason);
    assertThat(given.health().message()).contains(message);
  }
}
