package io.generalbots.operator.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the door before LiveKit is told. */
class RoomKeysTest {

  private static final Registered ACME = new Registered("acme", "team");
  private static final Registered RIVAL = new Registered("rival", "team");

  private final List<HasMetadata> facts = new ArrayList<>();

  @Test
  void itKnowsThePlatformsKeyAndThoseOfWhoIsLetIn() throws JsonProcessingException {
    facts.add(
        Secrets.opaque(
            new ObjectMetaBuilder().withName("demo-livekit").build(),
            Map.of("api-key", "APIours", "api-secret", "secret", "uri", "ws://demo-livekit:7880")));
    facts.add(Registered.secret(ACME.registration()));
    facts.add(Registered.secret(RIVAL.suspended()));
    var told = told();
    assertThat(told.get("prefix").asText()).isEqualTo("t:");
    assertThat(told.get("key").asText()).isEqualTo("APIours");
    assertThat(told.get("secret").asText()).isEqualTo("secret");
    assertThat(told.get("tenants"))
        .isEqualTo(new ObjectMapper().valueToTree(Map.of("acme", Map.of("t-acme-a", password()))));
  }

  @Test
  void itIsThereBeforeAnybodyHasAKey() throws JsonProcessingException {
    assertThat(told().get("key").asText()).isEmpty();
    assertThat(told().get("tenants")).isEmpty();
  }

  /** Or whoever writes a registration by mistake would be let in as somebody else. */
  @Test
  void aKeyUnderSomebodyElsesNameIsLeftOut() throws JsonProcessingException {
    var other = List.of(new Login(RIVAL.login(), password()), new Login(ACME.login(), ""));
    facts.add(Registered.secret(withRooms(ACME.registration(), other)));
    assertThat(told().get("tenants").get("acme")).isEmpty();
  }

  @Test
  void withoutAGatewayOrWithLiveKitElsewhereThereIsNoDoor() {
    assertThat(RoomKeys.areChecked(Tenants.openCluster())).isTrue();
    assertThat(RoomKeys.areChecked(Tenants.cluster("gateway: {enabled: false}"))).isFalse();
    assertThat(RoomKeys.areChecked(Tenants.cluster("livekit: {enabled: false}"))).isFalse();
    assertThat(
            RoomKeys.areChecked(
                Tenants.cluster(
                    "livekit: {external: {address: \"wss://meet.example.org\", secretName: x}}")))
        .isFalse();
  }

  private static String password() {
    return ACME.password();
  }

  private static Registration withRooms(Registration all, List<Login> rooms) {
    return new Registration(
        all.tenant(),
        all.namespace(),
        all.uid(),
        all.hosts(),
        all.bots(),
        all.suspended(),
        all.allowance(),
        all.cache(),
        all.drive(),
        rooms,
        all.vectors(),
        all.ownServers(),
        all.cell(),
        all.schema(),
        all.restraints(),
        "",
        "");
  }

  private JsonNode told() throws JsonProcessingException {
    var settings = new Settings("operators", "cluster.local", Map.of());
    var all = new Facts(Instant.EPOCH, new SecureEntropy(), facts, settings);
    var secret = new RoomKeys(Tenants.openCluster(), all).secret();
    return new ObjectMapper().readTree(Secrets.text(secret, "rooms.json"));
  }
}
