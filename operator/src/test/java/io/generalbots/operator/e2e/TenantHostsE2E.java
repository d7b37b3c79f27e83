package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.kube.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Hosts of tenants at the gateway of the BotCluster that serves them (REQ SHARD-T, LB-1). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class TenantHostsE2E {

  private static final String ACME = "acme.example.org";
  private static final String GLOBEX = "globex.example.net";
  private static final String INITECH = "initech.example.org";
  private static final Duration LIMIT = ofSeconds(10);
  private static final int TRIES = 10;
  private static final String LED_NOWHERE = "(?s)(4\\d\\d|501|503)( .*)?|200 .*acme.*";
  private static final List<String> ELSEWHERE = List.of("globex", "initech", "nobody", "planted");

  private static final KubernetesClient KUBERNETES = new KubernetesClientBuilder().build();
  private static final GatewayCluster CLUSTER = new GatewayCluster(KUBERNETES, "e2e-tenant-hosts");
  private static final Registrations TENANTS = new Registrations(KUBERNETES, CLUSTER.namespace());
  private static GatewayClient client = new GatewayClient(CLUSTER, "");

  @BeforeAll
  static void threeTenants() {
    CLUSTER.create("bot-a", "bot-b");
    client = GatewayClient.start(CLUSTER);
    CLUSTER.awaitKnown(CLUSTER.botServers().address("bot-b"), ofMinutes(1));
    TENANTS.write("acme", false, ACME, GatewayCluster.DOMAIN);
    TENANTS.write("globex", false, GLOBEX, ACME);
    TENANTS.write("initech", true, INITECH);
    awaitAnswers(ACME, 200);
    awaitAnswers(GLOBEX, 200);
    awaitAnswers(INITECH, 503);
  }

  @AfterAll
  static void remove() {
    CLUSTER.close();
    TENANTS.remove("acme");
    TENANTS.remove("globex");
    TENANTS.remove("initech");
  }

  @Test
  @Order(1)
  void everyHostLeadsToItsTenantAndThePlatformsOwnToNone() {
    assertThat(client.curl(whose(ACME))).isEqualTo("acme");
    assertThat(client.curl(whose(GLOBEX))).isEqualTo("globex");
    assertThat(client.curl(whose(GatewayCluster.DOMAIN))).isEqualTo("nobody");
    assertThat(client.status("https://%s/api/bot/config".formatted(ACME))).isEqualTo(404);
    assertThat(client.curl("-o /dev/null -w '%{redirect_url}' http://" + ACME + "/a?b=c"))
        .isEqualTo("https://acme.example.org/a?b=c");
  }

  @Test
  @Order(2)
  void nothingLeadsFromOneTenantToAnother() {
    var script = Resources.text("gateway/try.sh").getBytes(StandardCharsets.UTF_8);
    var encoded = Base64.getEncoder().encodeToString(script);
    client.run("echo %s | base64 -d >/tmp/try.sh".formatted(encoded));
    var tried = tried(HostileTry.of("gateway.txt")).told();
    assertThat(tried.through()).isEmpty();
    assertThat(tried.refused()).isEmpty();
    assertThat(tried.tries()).isGreaterThan(TRIES);
  }

  @Test
  @Order(3)
  void aSuspendedTenantIsClosedAndNoOtherIs() {
    client.begin("acme", "sockets --count 10 --host " + ACME);
    client.begin("globex", "sockets --count 10 --host " + GLOBEX);
    TENANTS.write("acme", true, ACME);
    awaitAnswers(ACME, 503);
    assertThat(client.curl("-D - " + whose(ACME)).lines().map(String::strip))
        .contains("cache-control: no-store", "retry-after: 300")
        .anyMatch(line -> line.contains("Closed for now"));
    client.awaitOver("acme");
    var ended = client.sockets("acme");
    assertThat(ended.dropped()).isEqualTo(ended.opened()).isEqualTo(10);
    var others = client.sockets("globex");
    assertThat(others.errors()).isEmpty();
    assertThat(others.opened()).isEqualTo(10);
  }

  @Test
  @Order(4)
  void itIsBackAtOnce() {
    var since = System.nanoTime();
    TENANTS.write("acme", false, ACME);
    awaitAnswers(ACME, 200);
    var took = Duration.ofNanos(System.nanoTime() - since);
    System.out.println("resumed after " + took);
    assertThat(took).isLessThan(LIMIT);
    assertThat(client.curl(whose(ACME))).isEqualTo("acme");
  }

  @Test
  @Order(5)
  void noRequestOfOthersFailsWhenATenantGoes() {
    var before = CLUSTER.lives();
    TENANTS.write("globex", false, GLOBEX);
    client.begin("load", "requests --count 4 --host " + GLOBEX);
    client.begin("gone", "sockets --count 5 --host " + ACME);
    TENANTS.remove("acme");
    awaitAnswers(ACME, 404);
    var report = client.requests("load");
    assertThat(report.statuses()).containsOnlyKeys("200");
    assertThat(report.errors()).isEmpty();
    assertThat(report.refused()).isZero();
    assertThat(client.sockets("gone").dropped()).isEqualTo(5);
    assertThat(CLUSTER.lives()).isEqualTo(before);
  }

  private static Tried tried(List<HostileTry> tries) {
    var through = new ArrayList<String>();
    var refused = new ArrayList<String>();
    for (var one : tries) {
      var control = answer(one.control());
      if (!control.startsWith("200") || !control.contains("acme")) {
        refused.add("%s -> %s".formatted(one.control(), control));
      }
      var came = answer(one.attempt());
      if (!came.matches(LED_NOWHERE) || ELSEWHERE.stream().anyMatch(came::contains)) {
        through.add("%s -> %s".formatted(one.attempt(), came));
      }
    }
    return new Tried("gateway", tries.size(), through, refused);
  }

  private static String whose(String host) {
    return "https://%s/api/whose".formatted(host);
  }

  private static String answer(String command) {
    return client.run(". /tmp/try.sh; " + command);
  }

  /** By both gateways: so often in a row that no other can be left. */
  private static void awaitAnswers(String host, int status) {
    var asked =
        "n=0; until ((n == 8)); do if [ \"$(curl -s -o /dev/null -w '%%{http_code}' --cacert"
            + " /tls/ca.crt --connect-to ::demo-gateway: %s)\" = %d ]; then n=$((n + 1)); else n=0;"
            + " sleep 0.1; fi; done; echo all";
    assertThat(client.run(asked.formatted(whose(host), status))).isEqualTo("all");
  }
}
