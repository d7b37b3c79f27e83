package io.generalbots.operator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Kind;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.shard.geo.DnsEndpoint;
import io.generalbots.operator.shard.geo.Entrances;
import io.generalbots.operator.tenant.place.Tenants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a policy of strategy Geo tells external-dns. */
@Tag("REQ-SHARD-GEO")
class GeoDnsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ELB = "a1-2.elb.eu-west-1.amazonaws.com";

  private final Map<String, List<String>> addresses =
      new HashMap<>(
          Map.of(
              "bots/demo",
              List.of("192.0.2.1", "2001:db8::1"),
              "bots/europe",
              List.of("192.0.2.2")));
  private Set<Kind> kinds = Set.of(DnsEndpoint.KIND);
  private String places = "countries: [US]";
  private String dns = "dns: {routing: Geolocation}";
  private String elsewhere = "dns: {address: 192.0.2.3}";
  private BotCluster demo = cluster("demo", 2, "bots");
  private BotCluster europe = cluster("europe", 1, "bots");

  @Test
  void nothingIsToldUnlessItIsAsked() {
    for (var unasked : List.of("", "dns: {enabled: false, routing: Failover}")) {
      dns = unasked;
      assertThat(plan()).isInstanceOf(Plan.Absent.class);
      assertThat(said().getStatus()).isEqualTo("True");
    }
  }

  @Test
  void withoutTheKindOfExternalDnsNothingIsTouched() {
    kinds = Set.of();
    assertThat(plan()).isInstanceOf(Plan.Hold.class);
    assertThat(said().getReason()).isEqualTo("ExternalDnsMissing");
  }

  @Test
  void usersAreLedByPlaceAndAllOthersToTheDefault() {
    assertThat(entries("bots.example.com"))
        .containsExactly(
            "A country-US 192.0.2.1 aws/geolocation-country-code=US",
            "AAAA country-US 2001:db8::1 aws/geolocation-country-code=US",
            "A continent-EU 192.0.2.2 aws/geolocation-continent-code=EU",
            "A continent-AS 192.0.2.3 aws/geolocation-continent-code=AS",
            "A default 192.0.2.1 aws/geolocation-country-code=*",
            "AAAA default 2001:db8::1 aws/geolocation-country-code=*");
    assertThat(told().at("/spec/endpoints/0/recordTTL").asInt()).isEqualTo(60);
    assertThat(said().getStatus()).isEqualTo("True");
  }

  @Test
  void allHostsThatTheGatewayServesAreTold() {
    assertThat(hosts())
        .containsExactlyInAnyOrder(
            "bots.example.com", "meet.bots.example.com", "s3.bots.example.com");
  }

  @Test
  void aRegionThatIsDownHasNoEntry() {
    europe = cluster("europe", 0, "bots");
    assertThat(entries("bots.example.com")).noneMatch(entry -> entry.contains("192.0.2.2"));
    assertThat(said().getReason()).isEqualTo("RegionDown");
  }

  @Test
  void whileTheDefaultIsDownTheNextHasEverybodyElse() {
    demo = cluster("demo", 0, "bots");
    assertThat(entries("bots.example.com"))
        .contains("A default 192.0.2.2 aws/geolocation-country-code=*")
        .noneMatch(entry -> entry.contains("192.0.2.1"));
  }

  @Test
  void whileThereIsNowhereToLeadToWhatWasToldStays() {
    demo = cluster("demo", 0, "bots");
    europe = cluster("europe", 0, "bots");
    elsewhere = "dns: {address: bots.example.com}";
    assertThat(plan()).isInstanceOf(Plan.Hold.class);
    assertThat(said().getReason()).isEqualTo("RegionDown");
  }

  @Test
  void sharesAreToldAsWeights() {
    dns = "dns: {routing: Weighted, ttlSeconds: 5}";
    elsewhere = "dns: {address: 192.0.2.3, weight: 10, healthCheckId: abc-1}";
    assertThat(entries("bots.example.com"))
        .containsExactly(
            "A us-east 192.0.2.1 aws/weight=100",
            "AAAA us-east 2001:db8::1 aws/weight=100",
            "A eu-west 192.0.2.2 aws/weight=100",
            "A ap-south 192.0.2.3 aws/health-check-id=abc-1 aws/weight=10");
  }

  @Test
  void withFailoverThereIsOnePlainAnswer() {
    dns = "dns: {routing: Failover}";
    assertThat(entries("bots.example.com")).containsExactly("A  192.0.2.1 ", "AAAA  2001:db8::1 ");
    demo = cluster("demo", 0, "bots");
    assertThat(entries("bots.example.com")).containsExactly("A  192.0.2.2 ");
    europe = cluster("europe", 0, "bots");
    elsewhere = "endpoint: 'https://asia.example.com:8443'";
    assertThat(entries("bots.example.com")).containsExactly("CNAME  asia.example.com ");
  }

  @Test
  void namesAreNotMixedWithAddresses() {
    elsewhere = "endpoint: 'https://asia.example.com'";
    assertThat(entries("bots.example.com")).noneMatch(entry -> entry.startsWith("CNAME"));
    assertThat(said().getReason()).isEqualTo("DnsIncomplete");
    assertThat(said().getMessage())
        .startsWith("region ap-south has a name where others have addresses");
    addresses.put("bots/demo", List.of("balancer.example.net"));
    assertThat(entries("bots.example.com"))
        .contains("CNAME country-US balancer.example.net aws/geolocation-country-code=US")
        .noneMatch(entry -> entry.contains("192.0.2"));
  }

  @Test
  void aNameThatBecomesAnAliasGoesWithAddresses() {
    addresses.put("bots/europe", List.of(ELB));
    assertThat(entries("bots.example.com"))
        .contains("CNAME continent-EU " + ELB + " aws/geolocation-continent-code=EU")
        .anyMatch(entry -> entry.startsWith("A default 192.0.2.1"));
  }

  @Test
  void aLoadBalancerThatHasNoAddressYetIsTold() {
    addresses.remove("bots/europe");
    assertThat(entries("bots.example.com")).noneMatch(entry -> entry.contains("EU"));
    assertThat(said().getReason()).isEqualTo("DnsIncomplete");
    assertThat(said().getMessage())
        .startsWith("region eu-west: its gateway has no address of a load balancer");
    addresses.clear();
    elsewhere = "dns: {address: bots.example.com}";
    assertThat(said().getReason()).isEqualTo("NoDnsTarget");
    assertThat(said().getMessage())
        .contains("region ap-south: bots.example.com would lead to itself");
  }

  @Test
  void aGatewayWithoutTheHostIsLeftOut() {
    europe = cluster("europe", 1, "europe");
    assertThat(entries("bots.example.com")).noneMatch(entry -> entry.contains("192.0.2.2"));
    assertThat(said().getMessage())
        .startsWith("region eu-west: BotCluster europe has another domain than bots.example.com");
  }

  @Test
  void anAddressInAnEndpointIsOne() {
    elsewhere = "endpoint: 'https://[2001:db8::3]'";
    assertThat(entries("bots.example.com"))
        .contains("AAAA continent-AS 2001:db8::3 aws/geolocation-continent-code=AS");
  }

  @Test
  void ofTwoRegionsWithOneContinentTheFirstThatServesHasIt() {
    places = "continents: [EU]";
    assertThat(europeans())
        .containsExactly(
            "A continent-EU 192.0.2.1 aws/geolocation-continent-code=EU",
            "AAAA continent-EU 2001:db8::1 aws/geolocation-continent-code=EU");
    demo = cluster("demo", 0, "bots");
    assertThat(europeans())
        .containsExactly("A continent-EU 192.0.2.2 aws/geolocation-continent-code=EU");
  }

  private List<String> europeans() {
    return entries("bots.example.com").stream().filter(e -> e.contains("EU")).toList();
  }

  @Test
  void onlyWhereItMayTheOperatorLooksForTheKind() {
    var policy = policy();
    assertThat(new PolicyReferences(true).kinds(policy)).containsExactly(DnsEndpoint.KIND);
    assertThat(new PolicyReferences(false).kinds(policy)).isEmpty();
    dns = "";
    assertThat(new PolicyReferences(true).kinds(policy())).isEmpty();
  }

  private ShardPolicy policy() {
    return Policy.of(
        "by-region",
        1,
        "strategy: Geo, geo: {default: us-east, detection: Header, "
            + (dns.isEmpty() ? "" : dns + ", ")
            + "regions: [{name: us-east, clusterRef: {name: demo}, "
            + places
            + "},"
            + "{name: eu-west, clusterRef: {name: europe}, continents: [EU]},"
            + "{name: ap-south, clusterRef: {name: asia}, continents: [AS],"
            + (elsewhere.startsWith("endpoint") ? "" : " endpoint: 'https://asia.example.com',")
            + elsewhere
            + "}]}");
  }

  private ShardPolicyBlueprint round() {
    var scene = new Scene(policy(), Optional.of(demo), List.of(), List.of(demo, europe), List.of());
    var surroundings =
        new Surroundings(List.of(), kinds, Optional.empty(), Set.of(new Entrances(addresses)));
    var settings =
        new Settings("operators", "cluster.local", Map.of("edge", "generalbots/edge:0.1"));
    var made = List.<HasMetadata>of(Policy.routers("by-region", 2));
    return new ShardPolicyBlueprint(
        scene, new Facts(Policy.NOW, new SecureEntropy(), made, settings).in(surroundings));
  }

  private Plan plan() {
    return Objects.requireNonNull(round().plan().get("dns"), "a plan for DNS");
  }

  private Condition said() {
    return Policy.said(round(), "Ready");
  }

  private JsonNode told() {
    var object = Policy.objects(round(), GenericKubernetesResource.class).get(0);
    assertThat(object.getMetadata().getName()).isEqualTo("by-region-dns");
    return MAPPER.valueToTree(object);
  }

  private List<JsonNode> all() {
    return StreamSupport.stream(told().at("/spec/endpoints").spliterator(), false).toList();
  }

  private Set<String> hosts() {
    return all().stream().map(entry -> entry.path("dnsName").asText()).collect(Collectors.toSet());
  }

  private List<String> entries(String host) {
    return all().stream()
        .filter(entry -> host.equals(entry.path("dnsName").asText()))
        .map(GeoDnsTest::line)
        .toList();
  }

  private static String line(JsonNode entry) {
    var properties =
        StreamSupport.stream(entry.path("providerSpecific").spliterator(), false)
            .map(p -> p.path("name").asText() + "=" + p.path("value").asText())
            .toList();
    var targets =
        StreamSupport.stream(entry.path("targets").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    return "%s %s %s %s"
        .formatted(
            entry.path("recordType").asText(),
            entry.path("setIdentifier").asText(),
            String.join(",", targets),
            String.join(" ", properties));
  }

  private static BotCluster cluster(String name, int gateways, String domain) {
    var yaml =
        Serialization.asYaml(Tenants.cluster("")).replace("bots.example", domain + ".example");
    var cluster = Serialization.unmarshal(yaml, BotCluster.class);
    cluster.getMetadata().setName(name);
    cluster.setStatus(
        new BotClusterStatusBuilder()
            .components(List.of(new ComponentStatus("gateway", gateways, 2, gateways + "/2")))
            .build());
    return cluster;
  }
}
