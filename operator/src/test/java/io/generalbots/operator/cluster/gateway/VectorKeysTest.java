package io.generalbots.operator.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the door before Qdrant is told, and where it leads. */
class VectorKeysTest {

  private static final Registered ACME = new Registered("acme", "team");
  private static final Registered RIVAL = new Registered("rival", "team");
  private static final String PLATFORM = "key-of-the-platform";

  private final List<HasMetadata> facts = new ArrayList<>();

  @Test
  void itKnowsThePlatformsKeyAndDigestsOfThoseOfWhoIsLetIn() throws JsonProcessingException {
    facts.add(qdrant(Map.of("uri", "http://demo-qdrant:6333", "api-key", PLATFORM)));
    facts.add(Registered.secret(ACME.restrained("qdrant")));
    facts.add(Registered.secret(RIVAL.suspended()));
    var told = told();
    assertThat(told.get("prefix").asText()).isEqualTo("t~");
    assertThat(told.get("key").asText()).isEqualTo(PLATFORM);
    var acme = Map.of("keys", List.of(Digest.sha256(ACME.password())), "restrained", true);
    assertThat(told.get("tenants")).isEqualTo(new ObjectMapper().valueToTree(Map.of("acme", acme)));
    assertThat(told.toString()).doesNotContain(ACME.password());
  }

  @Test
  void anotherStoreThatIsFullIsNoneOfItsBusiness() throws JsonProcessingException {
    facts.add(Registered.secret(ACME.restrained("valkey")));
    assertThat(told().get("tenants").get("acme").get("restrained").asBoolean()).isFalse();
  }

  @Test
  void itIsThereBeforeAnybodyHasAKey() throws JsonProcessingException {
    assertThat(told().get("key").asText()).isEmpty();
    assertThat(told().get("tenants")).isEmpty();
    assertThat(site(Tenants.openCluster())).isEmpty();
  }

  /** Or whoever writes a registration by mistake would be let in as somebody else. */
  @Test
  void aKeyUnderSomebodyElsesNameIsLeftOut() throws JsonProcessingException {
    var other = RIVAL.registration();
    facts.add(
        Registered.secret(
            new Registration(
                "acme",
                other.namespace(),
                other.uid(),
                List.of(),
                List.of(),
                false,
                other.allowance(),
                List.of(),
                List.of(),
                List.of(),
                other.vectors(),
                false,
                false,
                false,
                Map.of(),
                "",
                "")));
    assertThat(told().get("tenants").get("acme").get("keys")).isEmpty();
  }

  @Test
  void itLeadsWhereQdrantIs() {
    facts.add(qdrant(Map.of("uri", "http://demo-qdrant:6333", "port", "6333")));
    assertThat(site(Tenants.openCluster()))
        .containsSubsequence(
            "http://:6333 {",
            "collections * /etc/gateway/vectors/vectors.json",
            "reverse_proxy http://demo-qdrant:6333 {",
            "header_up Host {upstream_hostport}",
            "import dependency qdrant\n        import asking\n    }")
        .doesNotContain("transport");
  }

  @Test
  void byTlsItKnowsWhomToTrust() {
    facts.add(
        qdrant(Map.of("uri", "https://demo-qdrant:6333", "port", "7333", "ca.crt", "AUTHORITY")));
    assertThat(site(Tenants.openCluster()))
        .containsSubsequence(
            "reverse_proxy https://demo-qdrant:7333 {",
            "import trusting /etc/gateway/vectors/ca.crt");
    assertThat(Secrets.text(secret(), "ca.crt")).isEqualTo("AUTHORITY");
  }

  /** Whatever stands there is not written into a configuration. */
  @Test
  void anAddressThatIsNoneIsNotLedTo() {
    facts.add(
        Secrets.opaque(
            new ObjectMetaBuilder().withName("demo-qdrant").build(),
            Map.of("host", "x {\n respond 200\n}", "uri", "http://x")));
    assertThat(site(Tenants.openCluster())).isEmpty();
  }

  @Test
  void withoutAGatewayOrQdrantThereIsNoDoor() {
    assertThat(VectorKeys.areChecked(Tenants.openCluster())).isTrue();
    assertThat(VectorKeys.areChecked(Tenants.cluster("gateway: {enabled: false}"))).isFalse();
    assertThat(VectorKeys.areChecked(Tenants.cluster("qdrant: {enabled: false}"))).isFalse();
    var elsewhere = "qdrant: {external: {address: \"https://vectors.example.org:6333\"}}";
    assertThat(VectorKeys.areChecked(Tenants.cluster(elsewhere))).isTrue();
  }

  private static Secret qdrant(Map<String, String> more) {
    var keys = new java.util.HashMap<>(Map.of("host", "demo-qdrant"));
    keys.putAll(more);
    return Secrets.opaque(new ObjectMetaBuilder().withName("demo-qdrant").build(), keys);
  }

  private JsonNode told() throws JsonProcessingException {
    return new ObjectMapper().readTree(Secrets.text(secret(), "vectors.json"));
  }

  private Secret secret() {
    return new VectorKeys(Tenants.openCluster(), all()).secret();
  }

  private String site(BotCluster cluster) {
    return new VectorKeys(cluster, all()).site();
  }

  private Facts all() {
    var settings = new Settings("operators", "cluster.local", Map.of());
    return new Facts(Instant.EPOCH, new SecureEntropy(), facts, settings);
  }
}
