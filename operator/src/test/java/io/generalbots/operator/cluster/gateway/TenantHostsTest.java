package io.generalbots.operator.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.residents.Allowance;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the hosts of tenants lead to. */
class TenantHostsTest {

  private static final String ACME = "acme.example.org";
  private static final String GLOBEX = "globex.example.net";

  @Test
  void everyHostLeadsToTheBotServersWhichAreToldTheTenant() {
    var text = given(of("acme", false, ACME), of("globex", false, GLOBEX)).caddyfile();
    assertThat(text)
        .containsSubsequence(
            "https://acme.example.org https://globex.example.net {",
            "import bots\n",
            "vars @acme.example.org tenant acme\n",
            "lease @acme.example.org acme/acme.example.org\n",
            "vars @globex.example.net tenant globex\n",
            "handle /ws* {",
            "import tenant\n",
            "handle_errors {",
            "lease @globex.example.net globex/globex.example.net\n")
        .contains("@known host bots.example.com acme.example.org globex.example.net\n");
  }

  @Test
  void thePlatformsOwnSiteIsNoTenants() {
    var text = given(of("acme", false, ACME)).caddyfile();
    var own = text.substring(text.indexOf("https://bots.example.com {"), text.indexOf(ACME));
    assertThat(own).contains("import platform\n").doesNotContain("import tenant", "lease");
  }

  @Test
  void aSuspendedTenantHasAPageAndNothingBehindIt() {
    var text = given(of("acme", true, ACME), of("globex", false, GLOBEX)).caddyfile();
    assertThat(text)
        .containsSubsequence(
            "https://acme.example.org {", "Cache-Control no-store", "Retry-After 300", " 503\n")
        .doesNotContain("@acme.example.org", "acme/");
  }

  @Test
  void whereAllAreSuspendedNoSiteIsLeftOpen() {
    assertThat(given(of("acme", true, ACME)).caddyfile()).doesNotContain("import tenant\n");
  }

  @Test
  void aHostThatTwoNameIsThatOfTheFirstByName() {
    var given = given(of("globex", false, ACME, GLOBEX), of("acme", true, ACME));
    assertThat(TenantHosts.of(given.cluster(), given.facts()))
        .containsExactly(
            new TenantHost(ACME, "acme", true, Optional.empty(), Optional.empty(), 0),
            new TenantHost(GLOBEX, "globex", false, Optional.empty(), Optional.empty(), 0));
  }

  @Test
  void thePlatformsOwnHostsAreNobodyElses() {
    var spec = Given.spec("profile: Recommended");
    var greedy =
        of("acme", false, "bots.example.com", "s3.bots.example.com", "meet.bots.example.com", ACME);
    assertThat(names(spec.having(greedy))).containsExactly(ACME);
  }

  @Test
  void whatIsNoNameHurtsNobodyElse() {
    var wrong =
        of("acme", false, "a b", "*.example.org", "x {", "", "UPPER.example.org", "-", "a..b");
    assertThat(names(given(wrong, of("globex", false, GLOBEX)))).containsExactly(GLOBEX);
    assertThat(names(given(of("not a name", false, ACME)))).isEmpty();
  }

  @Test
  void theOrderOfTheRegistrationsChangesNothing() {
    var one = given(of("acme", false, ACME), of("globex", false, GLOBEX));
    var other = given(of("globex", false, GLOBEX), of("acme", false, ACME));
    assertThat(other.caddyfile()).isEqualTo(one.caddyfile());
  }

  private static List<String> names(Given given) {
    return TenantHosts.names(given.cluster(), given.facts());
  }

  private static Given given(Secret... registrations) {
    var owned = new ArrayList<HasMetadata>(List.of(registrations));
    owned.add(Given.bot("one", "10.0.0.7", true));
    return Given.gateway("{}").having(owned.toArray(HasMetadata[]::new));
  }

  @Test
  void whoHasBotServersOfItsOwnIsLedToThemAndToNoOthers() {
    var given = given(owning("acme", false, ACME), of("globex", false, GLOBEX));
    var text = given.caddyfile();
    var own = text.substring(text.indexOf("https://acme.example.org {"));
    assertThat(own.substring(0, own.indexOf("\n}\n")))
        .containsSubsequence(
            "import bots\n",
            "vars @acme.example.org tenant acme\n",
            "dynamic a acme-botserver-pods.team.svc.cluster.local 8080 {\n",
            "import sticky bots/acme\n",
            "import tenant\n",
            "dynamic a acme-botserver-pods.team.svc.cluster.local 8080 {\n",
            "lease @acme.example.org acme/acme.example.org\n")
        .doesNotContain("demo-botserver", "10.0.0.7", "globex");
    assertThat(text).containsOnlyOnce("https://acme.example.org");
  }

  @Test
  void itsPodsAndNoOthersOfItsNamespaceMayBeCalled() {
    var policy =
        given(owning("acme", false, ACME), of("globex", false, GLOBEX)).wished(NetworkPolicy.class);
    assertThat(policy.getSpec().getEgress())
        .filteredOn(rule -> rule.getTo().get(0).getNamespaceSelector() != null)
        .filteredOn(rule -> rule.toString().contains("team"))
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.getTo().get(0).getPodSelector().getMatchLabels())
                    .isEqualTo(
                        Map.of(
                            "generalbots.io/tenant", "acme",
                            "generalbots.io/component", "botserver")));
  }

  @Test
  void suspendedItsServersAreAskedNothing() {
    assertThat(given(owning("acme", true, ACME)).caddyfile()).doesNotContain("acme-botserver");
  }

  @Test
  void whoHasACellIsLedThereWithEverythingThatIsItsOwn() {
    var given = given(inCell("acme", false, ACME), of("globex", false, GLOBEX));
    var text = given.caddyfile();
    var own = text.substring(text.indexOf("https://acme.example.org {"));
    assertThat(own.substring(0, own.indexOf("\n}\n")))
        .contains("dynamic a acme-cell-botserver-pods.team.svc.cluster.local 8080 {\n")
        .doesNotContain("demo-botserver", "10.0.0.7", "globex", "rtc");
  }

  @Test
  void whereTheBotClusterHasMeetingsACellHasItsOwn() {
    var spec = Given.spec("profile: Recommended").having(inCell("acme", false, ACME));
    assertThat(spec.caddyfile())
        .containsSubsequence(
            "https://acme.example.org {\n",
            "@meetings path /rtc /rtc/*\n",
            "reverse_proxy acme-cell-livekit.team.svc.cluster.local:7880 {\n",
            "handle /ws* {\n");
    assertThat(led(spec)).contains("acme-cell livekit", "acme-cell botserver");
    assertThat(led(given(inCell("acme", false, ACME))))
        .contains("acme-cell botserver")
        .doesNotContain("acme-cell livekit");
  }

  @Test
  void suspendedACellIsAskedNothing() {
    assertThat(given(inCell("acme", true, ACME)).caddyfile()).doesNotContain("acme-cell");
  }

  /** Those of another namespace that the gateway may call. */
  private static List<String> led(Given given) {
    return given.wished(NetworkPolicy.class).getSpec().getEgress().stream()
        .flatMap(rule -> rule.getTo().stream())
        .filter(peer -> peer.getNamespaceSelector() != null)
        .map(peer -> peer.getPodSelector().getMatchLabels())
        .map(l -> l.get("generalbots.io/cluster") + " " + l.get("generalbots.io/component"))
        .toList();
  }

  private static Secret inCell(String tenant, boolean suspended, String... hosts) {
    var registration = Registration.of(of(tenant, suspended, hosts)).orElseThrow().inCell();
    return labelled(registration.secret("demo", true));
  }

  private static Secret of(String tenant, boolean suspended, String... hosts) {
    return registered(tenant, suspended, false, hosts);
  }

  private static Secret owning(String tenant, boolean suspended, String... hosts) {
    return registered(tenant, suspended, true, hosts);
  }

  /** As the loop of a Tenant writes it. */
  private static Secret registered(
      String tenant, boolean suspended, boolean ownServers, String... hosts) {
    var none = List.<Login>of();
    var secret =
        new Registration(
                tenant,
                "team",
                "uid",
                List.of(hosts),
                List.of(),
                suspended,
                new Allowance(0, 0, 0, 0),
                none,
                none,
                none,
                none,
                ownServers,
                false,
                false,
                Map.of(),
                "",
                "")
            .secret("demo", true);
    return labelled(secret);
  }

  private static Secret labelled(Secret secret) {
    var labels = new HashMap<>(new Part("demo", Registration.COMPONENT).labels());
    labels.putAll(secret.getMetadata().getLabels());
    secret.getMetadata().setLabels(labels);
    return secret;
  }
}
