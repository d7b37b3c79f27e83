package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * How often clients and tenants may ask, over two gateways that keep it in one Valkey (REQ LB-2).
 * Windows are an hour, so that what comes in while a test runs is less than one request; a limit
 * that changes begins anew.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class GatewayLimitsE2E {

  private static final String SITE = "https://" + GatewayCluster.DOMAIN;
  private static final String WHO = SITE + "/api/who";
  private static final String ACME = "acme.example.org";
  private static final String GLOBEX = "globex.example.net";

  /** Asks each gateway in turn, and says how often each status came. */
  private static final String ASK =
      "for i in $(seq %d); do to=(%s); curl -s -o /dev/null -w '%%{http_code}\\n' --max-time 10"
          + " --cacert /tls/ca.crt --connect-to ::${to[i %% ${#to[@]}]}:8443 %s; done"
          + " | sort | uniq -c";

  private static final KubernetesClient KUBERNETES = new KubernetesClientBuilder().build();
  private static final GatewayCluster CLUSTER =
      new GatewayCluster(KUBERNETES, "e2e-gateway-limits");
  private static final Registrations TENANTS = new Registrations(KUBERNETES, CLUSTER.namespace());
  private static GatewayClient client = new GatewayClient(CLUSTER, "");
  private static GatewayClient other = new GatewayClient(CLUSTER, "");

  @BeforeAll
  static void twoGatewaysAndOneValkey() {
    CLUSTER.create(Small.VALKEY, "{requests: 100000, windowSeconds: 3600}", new String[] {"bot-a"});
    CLUSTER.awaitReady("Valkey", ofMinutes(3));
    client = GatewayClient.start(CLUSTER);
    other = GatewayClient.start(CLUSTER);
    CLUSTER.awaitKnown(CLUSTER.botServers().address("bot-a"), ofMinutes(1));
    awaitShared(100_000);
  }

  @AfterAll
  static void remove() {
    CLUSTER.close();
    TENANTS.remove("acme");
    TENANTS.remove("globex");
  }

  @Test
  @Order(1)
  void overBothGatewaysAsManyPassAsTheLimitSaysAndNoMore() {
    limit("requests: 30, burst: 10, endpoints: {auth: 3}", "zone all 30 3600 10");
    assertThat(ask(client, 60, WHO)).isEqualTo(Map.of(200, 40, 429, 20));
  }

  @Test
  @Order(2)
  void whoIsRefusedIsToldWhatAndWhen() {
    var answer = client.curl("-D - " + WHO).lines().map(String::strip).toList();
    assertThat(answer)
        .contains("ratelimit-policy: \"all\";q=30;w=3600;burst=10", "cache-control: no-store")
        .anyMatch(line -> line.matches("retry-after: (1[01]\\d|120)"))
        .anyMatch(line -> line.matches("ratelimit: \"all\";r=0;t=(1[01]\\d|120)"))
        .anyMatch(line -> line.startsWith("Too many requests: limit \"all\" is 30 in 3600 s."));
  }

  @Test
  @Order(3)
  void anotherAddressIsNotAffectedAndAnEndpointHasALimitOfItsOwn() {
    assertThat(ask(other, 5, SITE + "/api/auth/login")).isEqualTo(Map.of(200, 3, 429, 2));
    assertThat(ask(other, 2, "--path-as-is " + SITE + "//API/./%61uth")).isEqualTo(Map.of(429, 2));
    assertThat(other.status(WHO)).isEqualTo(200);
  }

  @Test
  @Order(4)
  void whoAsksHowItIsCountsForNobody() {
    assertThat(ask(client, 10, SITE + "/api/health")).isEqualTo(Map.of(200, 10));
    assertThat(client.status(WHO)).isEqualTo(429);
  }

  /** Each gateway has its half then, whatever was left in Valkey. */
  @Test
  @Order(5)
  void withoutValkeyClientsAreStillLimitedAndNobodyGetsAnError() {
    limit("requests: 30, burst: 12", "zone all 30 3600 12");
    KUBERNETES
        .pods()
        .inNamespace(CLUSTER.namespace())
        .withName("demo-valkey-0")
        .withGracePeriod(0)
        .delete();
    var statuses = ask(client, 200, WHO);
    assertThat(statuses).containsOnlyKeys(200, 429);
    assertThat(statuses.getOrDefault(200, 0)).isBetween(42, 3 * 42);
  }

  @Test
  @Order(6)
  void itIsSharedAgainOnceValkeyIsBack() {
    CLUSTER.awaitReady("Valkey", ofMinutes(3));
    limit("requests: 200000, burst: 0", "zone all 200000 3600 0");
    awaitShared(200_000);
  }

  @Test
  @Order(7)
  void aTenantHasItsRequestsOverAllItsClientsAndNoOtherIsAffected() {
    TENANTS.write("acme", false, 5, ACME);
    TENANTS.write("globex", false, 5, GLOBEX);
    CLUSTER.awaitServed("vars @%s requestsPerMinute 5".formatted(GLOBEX), ofMinutes(1));
    awaitOpen(ACME);
    awaitOpen(GLOBEX);
    var first = ask(client, 3, "https://" + ACME + "/");
    var second = ask(other, 6, "https://" + ACME + "/");
    assertThat(first).isEqualTo(Map.of(200, 3));
    // One comes in every twelve seconds.
    assertThat(second.getOrDefault(200, 0)).isBetween(2, 4);
    assertThat(second.getOrDefault(429, 0)).isPositive();
    assertThat(ask(other, 2, "https://" + GLOBEX + "/")).isEqualTo(Map.of(200, 2));
  }

  private static void limit(String rateLimit, String line) {
    CLUSTER.patch("{\"gateway\": {\"rateLimit\": %s}}".formatted(json(rateLimit)));
    CLUSTER.awaitServed(line, ofMinutes(1));
  }

  private static String json(String yaml) {
    return "{" + yaml.replaceAll("([a-z]+):", "\"$1\":") + "}";
  }

  private static Map<Integer, Integer> ask(GatewayClient who, int times, String url) {
    var gateways =
        CLUSTER.pods().stream()
            .map(pod -> pod.getStatus().getPodIP())
            .collect(Collectors.joining(" "));
    return who.run(ASK.formatted(times, gateways, quoted(url)))
        .lines()
        .map(line -> List.of(line.strip().split(" ")))
        .collect(
            Collectors.toMap(
                line -> Integer.valueOf(line.get(1)), line -> Integer.valueOf(line.get(0))));
  }

  private static String quoted(String url) {
    return url.replace("https://", "'https://") + "'";
  }

  /** By both gateways, with a certificate that names it; asking for health costs nothing. */
  private static void awaitOpen(String host) {
    var asked =
        "n=0; until ((n == 8)); do if curl -sf -o /dev/null --cacert /tls/ca.crt --connect-to"
            + " ::demo-gateway: https://%s/api/health; then n=$((n + 1)); else n=0; sleep 0.2; fi;"
            + " done; echo open";
    assertThat(client.run(asked.formatted(host))).isEqualTo("open");
  }

  /** What is left of a limit is more than the half that each gateway has by itself. */
  private static void awaitShared(int requests) {
    var left =
        "n=0; until ((n == 8)); do left=$(curl -s -o /dev/null -D - --cacert /tls/ca.crt --connect-to"
            + " ::demo-gateway: %s | sed -n 's/^ratelimit: \"all\";r=\\([0-9]*\\).*/\\1/p');"
            + " if ((${left:-0} > %d)); then n=$((n + 1)); else n=0; sleep 0.2; fi; done; echo shared";
    assertThat(client.run(left.formatted(WHO, requests / 2 + 1000))).isEqualTo("shared");
  }
}
