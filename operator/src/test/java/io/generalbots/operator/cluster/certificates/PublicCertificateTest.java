package io.generalbots.operator.cluster.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Allowance;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registration;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The certificate that the gateway shows to the world. */
class PublicCertificateTest {

  private static final String PROVIDED = "{tls: {mode: Provided, secretName: public}}";
  private static final String ISSUED = "{tls: {issuerRef: {name: letsencrypt}}}";
  private static final Duration YEAR = Duration.ofDays(365);
  private static final List<String> DOMAIN = List.of("bots.example.com");

  private final Given given = new Given();
  private final Company company = new Company(given.entropy);

  @Test
  void theClustersAuthoritySignsUnlessTheSpecNamesAnother() {
    given.gateway("{}").rounds(2);
    assertThat(names()).containsExactlyInAnyOrderElementsOf(DOMAIN);
    assertThat(shown("ca.crt")).isEqualTo(Secrets.text(given.secret("demo-ca"), "ca.crt"));
    assertThat(given.health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void itIsNotMadeWhereNobodyShowsIt() {
    given.gateway("{tls: {mode: Disabled}}").rounds(2);
    assertThat(given.facts().find(Secret.class, "demo-gateway-server")).isEmpty();
  }

  @Test
  void theUsersCertificateNeedsNoAuthorityThatWeKnow() {
    var secret = company.server(YEAR, List.of("*.example.com"));
    given.gateway(PROVIDED).provided("public", secret).rounds(2);
    assertThat(shown("tls.crt")).isEqualTo(secret.get("tls.crt"));
    assertThat(shown("ca.crt")).isEmpty();
    assertThat(given.health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void itReplacesTheOneOfTheClusterAtOnceAndIsReplacedAtOnce() {
    given.gateway("{}").rounds(2);
    var secret = company.server(YEAR, DOMAIN);
    given.gateway(PROVIDED).provided("public", secret).rounds(1);
    assertThat(shown("tls.crt")).isEqualTo(secret.get("tls.crt"));
    given.later(Settings.MOUNTING.plusMinutes(1)).rounds(2);
    var renewed = company.server(YEAR.multipliedBy(2), DOMAIN);
    given.provided("public", renewed).rounds(1);
    assertThat(shown("tls.crt")).isEqualTo(renewed.get("tls.crt"));
    given.gateway("{}").rounds(2);
    assertThat(shown("ca.crt")).isEqualTo(Secrets.text(given.secret("demo-ca"), "ca.crt"));
    assertThat(shown("tls.crt")).isNotEqualTo(renewed.get("tls.crt"));
  }

  @Test
  void whatIsShownStaysWhenTheReplacementIsWrong() {
    var good = company.server(YEAR, DOMAIN);
    given.gateway(PROVIDED).provided("public", good).rounds(2);
    var wrong = new HashMap<>(good);
    wrong.put("tls.key", company.server(YEAR, DOMAIN).get("tls.key"));
    assertTold(wrong, Reasons.KEY_MISMATCH, Health.State.DEGRADED);
    assertTold(
        company.server(YEAR, List.of("x.org")), Reasons.NAMES_MISSING, Health.State.DEGRADED);
    assertTold(
        Map.of("tls.crt", "nonsense", "tls.key", "x"), Reasons.INCOMPLETE, Health.State.DEGRADED);
    assertThat(shown("tls.crt")).isEqualTo(good.get("tls.crt"));
    given.provided("public", good).rounds(1);
    assertThat(given.health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void aSecretThatIsMissingKeepsNoOtherServerWaiting() {
    given.gateway(PROVIDED).rounds(2);
    assertThat(given.health().reason()).isEqualTo(Reasons.MISSING);
    assertThat(given.health().message()).contains("public", "spec.gateway.tls.secretName");
    assertThat(given.health().state()).isEqualTo(Health.State.WAITING);
    assertThat(given.served().holds(given.now())).isTrue();
  }

  @Test
  void certManagerIsAskedForTheDomainAndNothingElse() {
    given.withCertManager().gateway(ISSUED).rounds(2);
    var asked = given.facts().all(GenericKubernetesResource.class);
    assertThat(asked).extracting(Objects::ref).containsExactly("Certificate/demo-gateway-server");
    assertThat(asked.get(0).getAdditionalProperties().toString())
        .contains("dnsNames=[bots.example.com]", "name=letsencrypt");
    assertThat(given.health().reason()).isEqualTo(Reasons.NOT_ISSUED);
  }

  @Test
  void withoutCertManagerTheFieldIsTold() {
    given.gateway(ISSUED).rounds(2);
    assertThat(given.health().message())
        .startsWith("spec.gateway.tls.issuerRef needs cert-manager");
  }

  @Test
  void ourOwnAuthoritySignsTheHostsOfTenantsToo() {
    given.gateway("{}").rounds(2);
    given.having(registration("acme.example.org")).rounds(2);
    assertThat(names()).containsExactlyInAnyOrder("bots.example.com", "acme.example.org");
    assertThat(given.health().reason()).isEqualTo("Ready");
  }

  @Test
  void aUsersCertificateThatIsNotGoodForATenantIsShownAllTheSame() {
    var secret = company.server(YEAR, List.of("*.example.com"));
    given.having(registration("acme.example.org", "acme.example.com"));
    given.gateway(PROVIDED).provided("public", secret).rounds(2);
    assertThat(shown("tls.crt")).isEqualTo(secret.get("tls.crt"));
    assertThat(given.health().state()).isEqualTo(Health.State.READY);
    assertThat(given.health().reason()).isEqualTo(Reasons.TENANT_HOSTS_NOT_COVERED);
    assertThat(given.health().message()).endsWith("hosts of tenants: acme.example.org");
  }

  @Test
  void certManagerIsAskedForHostsOfTenantsBelowTheDomainOnly() {
    given.having(registration("acme.bots.example.com", "acme.example.org"));
    given.withCertManager().gateway(ISSUED).rounds(2);
    var asked = given.facts().all(GenericKubernetesResource.class).get(0);
    assertThat(asked.getAdditionalProperties().toString())
        .contains("dnsNames=[bots.example.com, acme.bots.example.com]");
  }

  private static Secret registration(String... hosts) {
    var none = List.<Login>of();
    var allowance = new Allowance(0, 0, 0, 0);
    var secret =
        new Registration(
                "acme",
                "team",
                "u",
                List.of(hosts),
                List.of(),
                false,
                allowance,
                none,
                none,
                none,
                none,
                false,
                false,
                false,
                Map.of(),
                "",
                "")
            .secret("demo", true);
    var labels = new HashMap<>(new Part("demo", Registration.COMPONENT).labels());
    labels.putAll(secret.getMetadata().getLabels());
    secret.getMetadata().setLabels(labels);
    return secret;
  }

  private void assertTold(Map<String, String> secret, String reason, Health.State state) {
    given.provided("public", secret).rounds(2);
    assertThat(given.health().reason()).isEqualTo(reason);
    assertThat(given.health().state()).isEqualTo(state);
  }

  private List<String> names() {
    var request = PublicCertificate.request(given.cluster(), given.facts()).orElseThrow();
    var certificate = request.served(given.facts()).orElseThrow().identity().certificate();
    return List.copyOf(X509.names(certificate));
  }

  private String shown(String key) {
    return Secrets.text(given.secret("demo-gateway-server"), key);
  }
}
