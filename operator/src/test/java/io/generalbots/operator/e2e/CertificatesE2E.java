package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.kube.Secrets;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Certificates change under running servers: each shows the new one, and none restarts. */
@TestMethodOrder(OrderAnnotation.class)
@Thorough
class CertificatesE2E {

  private static final String NAMESPACE = "e2e-certificates";
  private static final String BY_ISSUER = "{\"issuerRef\":{\"name\":\"internal\"}}";
  private static final String BY_COMPANY = "{\"caSecretName\":\"company-ca\"}";
  private static final Duration SOON = Duration.ofMinutes(1);

  /** A kubelet looks after mounted files every minute or so. */
  private static final Duration MOUNTED = Duration.ofMinutes(3);

  /** A change of authorities takes two steps of two minutes each. */
  private static final Duration HANDED_OVER = Duration.ofMinutes(6);

  private static final String AUTHORITY =
      """
      cd /tmp && openssl req -x509 -newkey rsa:2048 -noenc -days 30 -subj /CN=company \
        -keyout ca.key -out company.crt 2>/dev/null && cat "$1"
      """;

  private static KubernetesClient client;
  private static CertificatesCluster cluster;
  private static TlsClient tls;

  private Map<String, List<String>> lives = Map.of();

  @BeforeAll
  static void start() {
    client = new KubernetesClientBuilder().build();
    cluster = new CertificatesCluster(client, NAMESPACE);
    cluster.close();
    cluster.create();
    cluster.awaitReady(Duration.ofMinutes(5));
    tls = TlsClient.start(client, NAMESPACE);
  }

  @AfterAll
  static void clean() {
    tls.close();
    cluster.close();
    client.secrets().inNamespace(NAMESPACE).withName("company-ca").delete();
    client.close();
  }

  @AfterEach
  void nothingRestarted() {
    assertThat(cluster.lives()).isEqualTo(lives);
  }

  @Test
  @Order(1)
  void renewalReachesEveryServer() {
    lives = cluster.lives();
    var before = serial("demo-server");
    cluster.certificates("{\"lifetimeDays\":60}");
    cluster.awaitSecret("demo-server", s -> !serial(s).equals(before), SOON);
    awaitServed(MOUNTED);
  }

  @Test
  @Order(2)
  void anIssuerWithoutCertManagerIsSaid() {
    lives = cluster.lives();
    assumeFalse(
        CertManager.isInstalled(client), "cert-manager's kinds are there since a run before");
    var before = serial("demo-server");
    cluster.certificates(BY_ISSUER);
    cluster.awaitTold("CertManagerMissing", SOON);
    assertThat(serial("demo-server")).isEqualTo(before);
    cluster.certificates("{}");
    cluster.awaitValid(SOON);
  }

  @Test
  @Order(3)
  void theUsersAuthorityReplacesOurs() {
    lives = cluster.lives();
    cluster.certificates(BY_COMPANY);
    cluster.awaitTold("SecretMissing", SOON);
    var certificate = tls.run(AUTHORITY, SOON, "company.crt");
    var key = tls.run("cat /tmp/ca.key", SOON);
    cluster.write("company-ca", Map.of("tls.crt", certificate, "tls.key", key));
    awaitAuthority(certificate);
    awaitServed(MOUNTED);
  }

  @Test
  @Order(4)
  void aWrongSecretIsToldAndServedToNobody() {
    lives = cluster.lives();
    var certificate = cluster.read("company-ca", "tls.crt");
    var key = cluster.read("company-ca", "tls.key");
    var before = serial("demo-server");
    tls.run(AUTHORITY, SOON, "company.crt");
    cluster.write(
        "company-ca", Map.of("tls.crt", certificate, "tls.key", tls.run("cat /tmp/ca.key", SOON)));
    cluster.awaitTold("KeyMismatch", SOON);
    assertThat(serial("demo-server")).isEqualTo(before);
    cluster.write("company-ca", Map.of("tls.crt", certificate, "tls.key", key));
    cluster.awaitValid(SOON);
  }

  @Test
  @Order(5)
  void certManagerIssues() {
    lives = cluster.lives();
    try (var manager = CertManager.start(client, NAMESPACE)) {
      manager.createIssuers();
      cluster.certificates(BY_ISSUER);
      cluster.awaitSecret("demo-server-issued", s -> true, SOON);
      awaitAuthority(cluster.read("demo-server-issued", "ca.crt"));
      awaitServed(MOUNTED);
      assertThat(manager.asked()).hasSize(2);
      cluster.certificates("{}");
      // Not needed for as long as others issued, it is made anew.
      awaitAuthority(Secrets.text(cluster.awaitSecret("demo-ca", s -> true, SOON), "ca.crt"));
      assertThat(manager.asked()).isEmpty();
    }
  }

  private static void awaitAuthority(String certificate) {
    var only = certificate.strip();
    Predicate<Secret> handedOver = s -> Secrets.text(s, "ca.crt").strip().equals(only);
    cluster.awaitSecret("demo-server", handedOver, HANDED_OVER);
    cluster.awaitSecret("demo-valkey-server", handedOver, HANDED_OVER);
    cluster.awaitValid(SOON);
  }

  /** Every server shows what is in its Secret, to clients that trust what is in there. */
  private static void awaitServed(Duration limit) {
    TlsClient.servers()
        .keySet()
        .forEach(
            server -> {
              var secret = server.contains("valkey") ? "demo-valkey-server" : "demo-server";
              tls.await(server, serial(secret), cluster.read(secret, "ca.crt"), limit);
            });
  }

  private static String serial(String secret) {
    return serial(cluster.awaitSecret(secret, s -> true, SOON));
  }

  /** As OpenSSL writes it. */
  private static String serial(Secret secret) {
    try {
      var bytes = Secrets.text(secret, "tls.crt").getBytes(StandardCharsets.US_ASCII);
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(bytes));
      var hex = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
      return hex.length() % 2 == 0 ? hex : "0" + hex;
    } catch (CertificateException e) {
      throw new AssertionError("not a certificate", e);
    }
  }
}
