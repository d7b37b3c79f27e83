package io.generalbots.operator.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.cluster.vault.Vault;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Allowance;
import io.generalbots.operator.residents.Registration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What gateways are told of how often somebody may ask. */
class LimitsTest {

  private static final String ACME = "acme.example.org";

  @Test
  void theLimitsOfTheSourceAreThoseOfABotClusterThatSaysNothing() {
    assertThat(Given.gateway("{}").caddyfile())
        .contains(
            """
            (limits) {
                limit {
                    by ip
                    zone all 100 60 20
                    zone chat 30 60 0 /ws /api/chat
                    zone files 50 60 0 /api/files /api/drive
                    zone auth 10 60 0 /api/auth /auth
                    zone llm 20 60 0 /api/llm
                    valkey /etc/gateway/edge
                    gateways 2
                }
            }
            """);
  }

  @Test
  void whatTheSpecSaysIsWritten() {
    var spec =
        "{replicas: 3, rateLimit: {requests: 7, windowSeconds: 5, burst: 0, by: Tenant,"
            + " endpoints: {chat: 1, files: 2, auth: 3, llm: 4}}}";
    assertThat(Given.gateway(spec).caddyfile())
        .contains(
            "by tenant\n",
            "zone all 7 5 0\n",
            "zone chat 1 5 0 /ws",
            "zone files 2 5 0 ",
            "zone auth 3 5 0 ",
            "zone llm 4 5 0 ",
            "gateways 3\n");
  }

  @Test
  void everySiteBeforeBotServersIsLimitedAndNoOther() {
    var given = Given.spec("profile: Recommended").having(registered("acme", 600));
    var text = given.caddyfile();
    assertThat(text.substring(text.indexOf("(bots) {")))
        .startsWith("(bots) {\n    import limits\n");
    assertThat(text.split("import limits\n", -1)).hasSize(2);
    assertThat(site(text, "https://bots.example.com")).contains("import bots\n");
    assertThat(site(text, "https://" + ACME)).contains("import bots\n");
    assertThat(site(text, "https://s3.bots.example.com")).doesNotContain("import bots\n");
    assertThat(site(text, "https://meet.bots.example.com")).doesNotContain("import bots\n");
  }

  @Test
  void aTenantHasWhatItsRegistrationSays() {
    assertThat(Given.gateway("{}").having(registered("acme", 600)).caddyfile())
        .containsSubsequence(
            "vars @acme.example.org tenant acme\n",
            "vars @acme.example.org requestsPerMinute 600\n",
            "lease @acme.example.org");
    assertThat(Given.gateway("{}").having(registered("acme", 0)).caddyfile())
        .doesNotContain("requestsPerMinute");
  }

  /** What one may have is no matter of how clients are counted. */
  @Test
  void switchedOffOnlyTenantsAreLimited() {
    var off = Given.gateway("{rateLimit: {enabled: false}}").having(registered("acme", 600));
    assertThat(off.caddyfile())
        .contains("import limits\n", "requestsPerMinute 600\n")
        .doesNotContain("zone ");
  }

  @Test
  void theKeyOfTokensIsInThePodsOnlyWhereUsersAreCounted() {
    assertThat(volume(Given.gateway("{}"), "users")).isEmpty();
    var byUser = Given.gateway("{rateLimit: {by: User}}");
    assertThat(byUser.caddyfile()).contains("by user /etc/gateway/users/jwt-secret\n");
    assertThat(volume(byUser, "users"))
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.getSecret().getSecretName()).isEqualTo("demo-vault-keys");
              assertThat(v.getSecret().getOptional()).isTrue();
            });
    assertThat(volume(Given.gateway("{rateLimit: {by: User, enabled: false}}"), "users")).isEmpty();
  }

  @Test
  void theKeyIsTheOneThatTheVaultMakes() {
    var elsewhere = "{address: 'https://vault.example.com', auth: {tokenSecretName: none}}";
    var given = Given.spec("vault: {mode: External, external: %s}".formatted(elsewhere));
    var made = (Plan.Apply) new Vault().plan(given.cluster(), given.facts());
    assertThat(made.wishes())
        .flatMap(wish -> Wishes.object(wish).stream().toList())
        .filteredOn(o -> "demo-vault-keys".equals(o.getMetadata().getName()))
        .singleElement()
        .satisfies(o -> assertThat(Secrets.text((Secret) o, "jwt-secret")).isNotEmpty());
  }

  @Test
  void withoutAVaultUsersAreUnknownAndThatIsSaid() {
    assertThat(Limits.warning(Given.gateway("{rateLimit: {by: User}}").cluster()).orElseThrow())
        .contains("spec.gateway.rateLimit.by", "each address is counted");
    var known = Given.spec("profile: Recommended, gateway: {rateLimit: {by: User}}");
    assertThat(Limits.warning(known.cluster())).isEmpty();
    assertThat(Limits.warning(Given.gateway("{}").cluster())).isEmpty();
  }

  @Test
  void gatewaysComeToTheirOwnValkeyAsTheirOwnUserAndStartWithoutIt() {
    assertThat(volume(Given.gateway("{}"), "edge"))
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.getSecret().getSecretName()).isEqualTo("demo-valkey-edge");
              assertThat(v.getSecret().getOptional()).isTrue();
            });
    assertThat(ports(Given.gateway("{}"), "valkey")).containsExactly(6380);
    assertThat(ports(valkey("tls: {mode: Disabled}"), "valkey")).containsExactly(6379);
  }

  @Test
  void elsewhereTheyUseTheLoginThatIsGivenForTheWholeCluster() {
    var elsewhere = valkey("external: {address: 'redis://cache.example.org:6390', secretName: x}");
    assertThat(volume(elsewhere, "edge"))
        .singleElement()
        .satisfies(
            v -> assertThat(v.getSecret().getSecretName()).isEqualTo("demo-valkey-external"));
    assertThat(ports(elsewhere, "valkey")).isEmpty();
    assertThat(elsewhere.wished(NetworkPolicy.class).getSpec().getEgress())
        .anySatisfy(
            rule -> {
              assertThat(rule.getTo().get(0).getIpBlock()).isNotNull();
              assertThat(rule.getPorts().get(0).getPort().getIntVal()).isEqualTo(6390);
            });
  }

  private static Given valkey(String block) {
    return Given.spec(
        "profile: Minimal, seaweedfs: {enabled: false}, qdrant: {enabled: false}, valkey: {%s}"
            .formatted(block));
  }

  private static String site(String text, String address) {
    var start = text.indexOf("\n" + address + " {");
    assertThat(start).as(address).isPositive();
    return text.substring(start, text.indexOf("\n}\n", start));
  }

  private static List<Volume> volume(Given given, String name) {
    return given.wished(Deployment.class).getSpec().getTemplate().getSpec().getVolumes().stream()
        .filter(v -> name.equals(v.getName()))
        .toList();
  }

  private static List<Integer> ports(Given given, String component) {
    return given.wished(NetworkPolicy.class).getSpec().getEgress().stream()
        .filter(rule -> rule.toString().contains("component=" + component))
        .flatMap(rule -> rule.getPorts().stream())
        .map(port -> port.getPort().getIntVal())
        .toList();
  }

  private static Secret registered(String tenant, int requestsPerMinute) {
    var secret =
        new Registration(
                tenant,
                "team",
                "uid",
                List.of(ACME),
                List.of(),
                false,
                new Allowance(0, 0, 0, requestsPerMinute),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
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
}
