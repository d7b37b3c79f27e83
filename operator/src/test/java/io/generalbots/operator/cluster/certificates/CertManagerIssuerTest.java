package io.generalbots.operator.cluster.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cert-manager is asked, and what comes of its answers; the real one is asked in the E2E. */
class CertManagerIssuerTest {

  private final Given given = new Given().certificates("{issuerRef: {name: internal}}");
  private final Company company = new Company(given.entropy);

  @Test
  void withoutCertManagerNothingIsAsked() {
    assertThat(given.plan()).isInstanceOf(Plan.Hold.class);
    assertThat(given.health().state()).isEqualTo(Health.State.WAITING);
    assertThat(given.health().reason()).isEqualTo("CertManagerMissing");
  }

  @Test
  void whatIsServedStaysWithoutCertManager() {
    var before = given.certificates("{}").rounds(2).secret("demo-server");
    given.certificates("{issuerRef: {name: internal}}").rounds(1);
    assertThat(given.secret("demo-server")).isEqualTo(before);
    assertThat(given.health().state()).isEqualTo(Health.State.DEGRADED);
  }

  @Test
  void eachCertificateIsAskedFor() {
    given.withCertManager().rounds(1);
    assertThat(given.facts().all(GenericKubernetesResource.class))
        .extracting(o -> o.getMetadata().getName())
        .containsExactly("demo-server", "demo-valkey-server");
    assertThat(given.health().reason()).isEqualTo("NotIssued");
  }

  @Test
  void whatCertManagerSaysIsPassedOn() {
    given.withCertManager().rounds(1);
    var asked = given.facts().find(GenericKubernetesResource.class, "demo-server").orElseThrow();
    var ready = Map.of("type", "Ready", "status", "False", "message", "issuer is not there");
    asked.setAdditionalProperty("status", Map.of("conditions", List.of(ready)));
    assertThat(given.health().message())
        .contains("Certificate demo-server by spec.certificates.issuerRef: issuer is not there");
  }

  @Test
  void whatIsIssuedIsJudgedAndServed() {
    given.withCertManager().rounds(1);
    given.having(issued("demo-server", List.of("demo-postgres-rw", "demo-pooler")));
    given.having(issued("demo-valkey-server", List.of("*.bots.svc.cluster.local"))).rounds(1);
    assertThat(given.health().state()).isEqualTo(Health.State.READY);
    assertThat(given.served().trust().authorities()).containsExactly(company.root());
  }

  @Test
  void whatIsIssuedForOthersIsNotServed() {
    given.withCertManager().rounds(1);
    given.having(issued("demo-server", List.of("elsewhere"))).rounds(1);
    assertThat(given.health().reason()).isEqualTo("NamesMissing");
    assertThat(given.request().served(given.facts())).isEmpty();
  }

  @Test
  void whatIsIssuedGoesWithTheCluster() {
    given.withCertManager();
    given.having(issued("demo-server", List.of("demo-postgres-rw", "demo-pooler")));
    var adopted =
        ((Plan.Apply) given.plan())
            .wishes().stream()
                .filter(Wish.Amend.class::isInstance)
                .map(wish -> ((Wish.Amend) wish).object().getMetadata())
                .toList();
    assertThat(adopted).hasSize(1);
    assertThat(adopted.get(0).getName()).isEqualTo("demo-server-issued");
    assertThat(adopted.get(0).getOwnerReferences().get(0).getUid()).isEqualTo("u-demo");
  }

  private Secret issued(String request, List<String> names) {
    var values = new HashMap<>(company.server(Duration.ofDays(90), names));
    values.putAll(company.trust());
    var meta = new Part("demo", Certificates.NAME).named(request + "-issued");
    return Secrets.tls(meta, values);
  }
}
