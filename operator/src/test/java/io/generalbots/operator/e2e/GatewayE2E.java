package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.cluster.BotServerStage;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What clients of the gateway meet, in front of two bot servers (REQ LB-1). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class GatewayE2E {

  private static final String SITE = "https://" + GatewayCluster.DOMAIN;
  private static final String WHO = SITE + "/api/who";
  private static final String STATUS =
      "curl -s -o /dev/null -w '%{http_code}' --cacert /tls/ca.crt --connect-to ::demo-gateway: "
          + WHO;

  private static final int REDIRECTED = 308;
  private static final int NOT_FOUND = 404;

  private static final List<String> PRIVATE =
      List.of(
          "/api/bot/config",
          "/api/bot/config/",
          "/api/bot/config?bot=default",
          "/API/Bot/Config",
          "//api/./bot/config",
          "/api/x/../bot/config",
          "/api/bot%2Fconfig",
          "/api/bot/config/all");

  private static final KubernetesClient KUBERNETES = new KubernetesClientBuilder().build();
  private static final GatewayCluster CLUSTER = new GatewayCluster(KUBERNETES, "e2e-gateway");
  private static final BotServers BOTS = CLUSTER.botServers();
  private static GatewayClient client = new GatewayClient(CLUSTER, "");

  @BeforeAll
  static void twoOfEach() {
    CLUSTER.create("bot-a", "bot-b");
    client = GatewayClient.start(CLUSTER);
    CLUSTER.awaitKnown(BOTS.address("bot-a"), ofMinutes(1));
    CLUSTER.awaitKnown(BOTS.address("bot-b"), ofMinutes(1));
  }

  @AfterAll
  static void remove() {
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void requestsGoRoundTheBotServersOverTlsThatTheClusterVouchesFor() {
    var answers = IntStream.range(0, 6).mapToObj(i -> client.curl(WHO)).toList();
    assertThat(answers).containsOnly("bot-a", "bot-b").contains("bot-a", "bot-b");
    assertThat(client.curl("-d hello " + WHO)).endsWith(" hello");
  }

  @Test
  @Order(2)
  void nobodyOutsideReadsTheSettingsOfAllBots() {
    assertThat(PRIVATE)
        .allSatisfy(
            path ->
                assertThat(client.status("--path-as-is '%s%s'".formatted(SITE, path)))
                    .as(path)
                    .isEqualTo(NOT_FOUND));
  }

  @Test
  @Order(3)
  void aHostThatIsNotHereIsNotFound() {
    assertThat(client.status("-k https://elsewhere.example.org/")).isEqualTo(NOT_FOUND);
    assertThat(client.status("-k https://demo-gateway/api/who")).isEqualTo(NOT_FOUND);
    assertThat(client.status("-k https://meet.bots.example.com/")).isEqualTo(NOT_FOUND);
    assertThat(client.status("http://elsewhere.example.org/")).isEqualTo(NOT_FOUND);
  }

  @Test
  @Order(4)
  void plainHttpLeadsToHttps() {
    var answer =
        client.curl(
            "-o /dev/null -w '%{http_code} %{redirect_url}' 'http://bots.example.com/a?b=c'");
    assertThat(answer).isEqualTo(REDIRECTED + " https://bots.example.com/a?b=c");
  }

  @Test
  @Order(5)
  void answersCarryTheHeadersOfASafeSiteAndNotTheServersName() {
    assertThat(client.curl("-o /dev/null -D - " + WHO).lines().map(String::strip))
        .contains(
            "strict-transport-security: max-age=31536000",
            "x-content-type-options: nosniff",
            "referrer-policy: strict-origin-when-cross-origin")
        .noneMatch(line -> line.startsWith("server:"));
  }

  @Test
  @Order(6)
  void aSessionsCookieCannotBeMadeWithoutTheSecret() {
    var visit = client.visit("");
    var secret = CLUSTER.secret("demo-gateway-cookie", "secret");
    assertThat(visit.cookie()).isEqualTo("lb=" + code(secret, BOTS.address(visit.server())));
  }

  @Test
  @Order(7)
  void aSessionStaysWithItsBotServerAndMovesWhenThatIsGone() {
    var first = client.visit("");
    var again = IntStream.range(0, 5).mapToObj(i -> client.visit(first.cookie()).server());
    assertThat(again.collect(Collectors.toSet())).containsExactly(first.server());
    var other = "bot-a".equals(first.server()) ? "bot-b" : "bot-a";
    BOTS.kill(first.server());
    var moved = client.visit(first.cookie());
    assertThat(moved.server()).isEqualTo(other);
    assertThat(moved.cookie()).isNotEqualTo(first.cookie());
    assertThat(client.visit(moved.cookie()).server()).isEqualTo(other);
    BOTS.start(first.server());
    CLUSTER.awaitKnown(BOTS.address(first.server()), ofMinutes(1));
  }

  @Test
  @Order(8)
  void noRequestFailsWhenABotServerDiesWhileAnotherLives() {
    client.begin("load", "requests --count 4");
    BOTS.kill("bot-a");
    BOTS.start("bot-c");
    CLUSTER.awaitKnown(BOTS.address("bot-c"), ofMinutes(1));
    client.awaitAnswer(WHO, "bot-c");
    var report = client.requests("load");
    assertThat(report.errors()).isEmpty();
    assertThat(report.refused()).isZero();
    assertThat(report.statuses()).containsOnlyKeys("200");
    assertThat(report.servers()).containsKeys("bot-a", "bot-b");
  }

  /** One that starts, and one that is told to go, which ends when the gateways know it. */
  @Test
  @Order(9)
  void botServersComeAndGoAndNoRequestIsRepeated() {
    client.begin("load", "requests --count 4");
    for (var name : List.of("bot-d", "bot-e", "bot-f")) {
      BOTS.start(name);
      var address = BOTS.address(name);
      CLUSTER.awaitKnown(address, ofMinutes(1));
      client.awaitAnswer(WHO, name);
      BOTS.mark(name, BotServerStage.DRAINING);
      CLUSTER.awaitForgotten(address, ofMinutes(1));
      BOTS.kill(name);
    }
    var report = client.requests("load");
    assertThat(report.errors()).isEmpty();
    assertThat(report.refused()).isZero();
    assertThat(report.repeated()).isZero();
    assertThat(report.statuses()).containsOnlyKeys("200");
    assertThat(report.servers()).containsKeys("bot-d", "bot-e", "bot-f");
  }

  /** Caddy leaves each of them out for 30 s, but the Service knows that they are back. */
  @Test
  @Order(10)
  void botServersThatAreAllBackAreServedAtOnce() {
    List.of("bot-b", "bot-c").forEach(b -> CLUSTER.shell().attempt(b, "kill -TERM 1"));
    client.run("until [ \"$(%s)\" = 200 ]; do sleep 0.1; done".formatted(STATUS));
    List.of("bot-b", "bot-c").forEach(BOTS::awaitReady);
    assertThat(IntStream.range(0, 10).mapToObj(i -> client.status(WHO))).containsOnly(200);
  }

  @Test
  @Order(11)
  void aCertificateOfTheUsersIsShownAndABadOneIsNot() {
    var before = CLUSTER.lives();
    makeCertificate("first");
    makeCertificate("second");
    write("first", "first");
    CLUSTER.patch("{\"gateway\": {\"tls\": {\"mode\": \"Provided\", \"secretName\": \"public\"}}}");
    CLUSTER.awaitValid(ofMinutes(1));
    awaitShown("first");
    write("first", "second");
    CLUSTER.awaitTold("KeyMismatch", ofMinutes(1));
    awaitShown("first");
    write("second", "second");
    CLUSTER.awaitValid(ofMinutes(1));
    awaitShown("second");
    CLUSTER.patch("{\"gateway\": {\"tls\": {\"mode\": \"Automatic\", \"secretName\": null}}}");
    CLUSTER.awaitValid(ofMinutes(1));
    client.run(
        "until curl -s --cacert /tls/ca.crt --connect-to ::demo-gateway: %s; do sleep 0.2; done"
            .formatted(WHO));
    assertThat(CLUSTER.lives()).isEqualTo(before);
  }

  private static void makeCertificate(String name) {
    client.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=%1$s"
                .formatted(name)
            + " -addext subjectAltName=DNS:bots.example.com -keyout /tmp/%1$s.key -out /tmp/%1$s.crt"
                .formatted(name));
  }

  private static void write(String certificate, String key) {
    CLUSTER.write(
        "public",
        Map.of(
            "tls.crt", client.run("cat /tmp/%s.crt".formatted(certificate)) + "\n",
            "tls.key", client.run("cat /tmp/%s.key".formatted(key)) + "\n"));
  }

  /** By a client that trusts this certificate and no other; by each of the pods, some time. */
  private static void awaitShown(String name) {
    var asked =
        "n=0; until ((n == 6)); do if curl -s -o /dev/null --cacert /tmp/%1$s.crt"
            + " --connect-to ::demo-gateway: %2$s; then n=$((n + 1)); else n=0; sleep 0.2; fi; done; echo shown";
    assertThat(client.run(asked.formatted(name, WHO))).isEqualTo("shown");
  }

  private static String code(String secret, String address) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
