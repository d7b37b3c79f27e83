package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Another authority signs for every store while all of them are used: no connection fails, and
 * nothing secret gets about, whether the operator logs all it can or not.
 */
@Timeout(600)
@TestMethodOrder(OrderAnnotation.class)
@Thorough
class RolloverE2E {

  private static final String NAMESPACE = "e2e-rollover";
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final StoresCluster CLUSTER = new StoresCluster(CLIENT, NAMESPACE);

  /** What their servers and clients trust. */
  private static final List<String> SECRETS =
      List.of(
          "demo-server",
          "demo-valkey-server",
          "demo-vault-server",
          "demo-seaweedfs-server",
          "demo-gateway-server");

  /** It begins anew with its certificate, and a connection of that moment may end unanswered. */
  private static final String ENDING = "gateway and livekit";

  /** It reads its bus's authority but once, and is replaced by another before it stops. */
  private static final String REPLACED = "livekit";

  private static OperatorLog.Followed operator;

  @BeforeAll
  static void oneOfEach() {
    operator = OperatorLog.follow(CLIENT, NAMESPACE);
    CLUSTER.createWithAnEdge();
  }

  @AfterAll
  static void remove() {
    operator.close();
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void noConnectionFailsWhileAnotherAuthorityTakesOver() {
    var former = authority(secret("demo-server"));
    try (var clients = RolloverClients.start(CLIENT, NAMESPACE, "bots.example.com")) {
      var lives = CLUSTER.lives(REPLACED);
      var before = CLUSTER.since();
      var began = Instant.now();
      CLIENT.secrets().inNamespace(NAMESPACE).withName("demo-ca").delete();
      SECRETS.forEach(name -> awaitAnother(name, former));
      CLUSTER.awaitTrue("CertificatesValid", ofMinutes(1));
      CLUSTER.awaitTrue("Ready", ofMinutes(3));
      var took = Duration.between(began, Instant.now());
      var reports = clients.report();
      System.out.printf("another authority after %d s%n", took.toSeconds());
      reports.forEach(r -> System.out.println(r));
      assertThat(reports)
          .allSatisfy(
              r -> {
                assertThat(r.failed()).as(r.toString()).isZero();
                assertThat(r.asked()).as(r.toString()).isGreaterThan(50);
              });
      assertThat(reports)
          .filteredOn(r -> !ENDING.equals(r.store()))
          .allSatisfy(r -> assertThat(r.ended()).as(r.toString()).isZero());
      assertThat(CLUSTER.since()).isEqualTo(before);
      assertThat(CLUSTER.lives(REPLACED)).isEqualTo(lives);
    }
  }

  /** After all that: what is secret is nowhere but in Secrets, and what would be is found. */
  @Test
  @Order(2)
  void noSecretIsAnywhereButInSecrets() {
    CLUSTER.awaitTrue("Ready", ofMinutes(3));
    var places = new Places(CLIENT, NAMESPACE);
    var known = KnownSecrets.of(places.secrets());
    assertThat(known.forms()).hasSizeGreaterThan(200);
    var log = operator.text();
    System.out.printf("%d forms of secrets, %d bytes of log%n", known.forms().size(), log.length());
    assertThat(log.contains("DEBUG")).as("it logs all it can").isTrue();
    assertThat(known.in(log)).as("the operator's log").isEmpty();
    assertThat(found(places, known)).isEmpty();
    var password = Secrets.text(secret("demo-app"), "password");
    var planted =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("planted")
            .withNamespace(NAMESPACE)
            .endMetadata()
            .addToData("uri", "postgresql://botserver:%s@demo-pooler".formatted(password))
            .build();
    CLIENT.resource(planted).serverSideApply();
    var found = found(places, known);
    CLIENT.resource(planted).delete();
    assertThat(found).anyMatch(f -> f.matches("demo-app/.* in configmaps planted"));
  }

  private static List<String> found(Places places, KnownSecrets known) {
    return places
        .all()
        .flatMap(p -> known.in(p.text()).stream().map(s -> s + " in " + p.name()))
        .toList();
  }

  /** Waits until a Secret holds one authority, and not the former one. */
  private static void awaitAnother(String name, String former) {
    CLIENT
        .secrets()
        .inNamespace(NAMESPACE)
        .withName(name)
        .waitUntilCondition(
            s -> s != null && isAnother(authority(s), former), 360, TimeUnit.SECONDS);
  }

  private static boolean isAnother(String authority, String former) {
    return !authority.contains(former)
        && authority.indexOf("BEGIN CERT") == authority.lastIndexOf("BEGIN CERT");
  }

  private static String authority(Secret secret) {
    return Secrets.text(secret, "ca.crt").strip();
  }

  private static Secret secret(String name) {
    return CLIENT.secrets().inNamespace(NAMESPACE).withName(name).require();
  }
}
