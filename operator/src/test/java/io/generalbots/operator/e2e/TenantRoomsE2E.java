package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.residents.Registered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Tenants in one LiveKit, each in its own rooms. Each test builds on the one before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(420)
class TenantRoomsE2E {

  private static final String NAMESPACE = "e2e-tenant-rooms";
  private static final Registered ACME = new Registered("acme", NAMESPACE);
  private static final Registered RIVAL = new Registered("rival", NAMESPACE);

  /** From a change of what is registered until the gateways act on it. */
  private static final Duration LIMIT = ofSeconds(90);

  private static final int STAY_SECONDS = 20;

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final TenantRooms ROOMS = new TenantRooms(CLIENT, NAMESPACE);

  private static List<String> before = List.of();

  @BeforeAll
  static void create() {
    ROOMS.create();
    before = pods();
    ROOMS.register(ACME.registration());
    ROOMS.register(RIVAL.registration());
  }

  @AfterAll
  static void remove() {
    ROOMS.close();
  }

  @Test
  @Order(1)
  void eachIsLetInToItsOwnRooms() {
    ROOMS.until(ACME, join("t:acme:hall"), "200", LIMIT);
    ROOMS.until(RIVAL, join("t:rival:hall"), "200", LIMIT);
    assertThat(ROOMS.as(ACME, room("t:acme:hall"))).startsWith("200");
    assertThat(ROOMS.as(RIVAL, room("t:rival:hall"))).startsWith("200");
    assertThat(ROOMS.asPlatform(room("lobby"))).startsWith("200");
  }

  @Test
  @Order(2)
  void noTrySucceeds() {
    var tried = Tried.of("LiveKit", ROOMS.attack(ACME)).told();
    assertThat(tried.through()).isEmpty();
    assertThat(tried.refused()).isEmpty();
    assertThat(tried.tries()).isGreaterThanOrEqualTo(70);
    assertThat(rooms()).contains("t:rival:hall", "lobby").doesNotContain("planted");
  }

  @Test
  @Order(3)
  void whoIsInARoomOfATenantIsHeard() {
    var door = new Participant.Door(TenantRooms.DOOR, Optional.empty(), false);
    var ticket =
        new Participant.Ticket("t:acme:talk", STAY_SECONDS, ACME.login(), ACME.password(), door);
    var ann = Participant.join(CLIENT, NAMESPACE, "ann", ticket).in();
    var bob = Participant.join(CLIENT, NAMESPACE, "bob", ticket);
    bob.sees("\"sound\", \"of\": \"ann\"").sees("from-ann");
    assertThat(bob.end(ofMinutes(2))).isZero();
    assertThat(ann.end(ofMinutes(2))).isZero();
  }

  /** LiveKit itself gave the token for the way back, signed with the platform's key. */
  @Test
  @Order(4)
  void theSuspendedIsPutOutAndNoOtherIs() {
    ROOMS.stay(RIVAL, "t:rival:hall");
    ROOMS.register(RIVAL.suspended());
    ROOMS.until(RIVAL, join("t:rival:hall"), "403", LIMIT);
    awaitOut();
    assertThat(ROOMS.as(RIVAL, list("t:rival:hall"))).startsWith("401");
    assertThat(ROOMS.as(ACME, join("t:acme:hall"))).startsWith("200");
  }

  @Test
  @Order(5)
  void itIsBackAtOnce() {
    ROOMS.register(RIVAL.registration());
    ROOMS.until(RIVAL, join("t:rival:hall"), "200", LIMIT);
  }

  /** With a Tenant of the operator's own: what is above is registered by hand. */
  @Test
  @Order(6)
  void aTenantGetsAKeyThatOpensItsRooms() {
    ROOMS.createTenant("globex");
    ROOMS.awaitPhase("globex", TenantPhase.READY);
    assertThat(ROOMS.told("globex", "prefix")).isEqualTo("t:globex:");
    assertThat(asGlobex(room("t:globex:hall"))).startsWith("200");
    assertThat(asGlobex(join("t:acme:hall"))).startsWith("403");
    assertThat(rooms()).contains("t:globex:hall");
  }

  @Test
  @Order(7)
  void suspendedItsRoomsEnd() {
    ROOMS.suspend("globex", true);
    ROOMS.awaitPhase("globex", TenantPhase.SUSPENDED);
    awaitNoRoom("t:globex:hall");
    assertThat(asGlobex(join("t:globex:hall"))).startsWith("403");
    ROOMS.suspend("globex", false);
    ROOMS.awaitPhase("globex", TenantPhase.READY);
    assertThat(asGlobex(room("t:globex:hall"))).startsWith("200");
  }

  @Test
  @Order(8)
  void itsEndIsThatOfItsRooms() {
    assertThat(ROOMS.as(RIVAL, room("t:rival:lasting"))).startsWith("200");
    var key = ROOMS.told("globex", "api-key");
    var secret = ROOMS.told("globex", "api-secret");
    ROOMS.delete("globex");
    assertThat(ROOMS.as(key, secret, join("t:globex:hall"))).startsWith("403");
    awaitNoRoom("globex");
    assertThat(rooms()).contains("t:rival:lasting");
  }

  /** Keys came and went. */
  @Test
  @Order(9)
  void nothingWasRestarted() {
    assertThat(pods()).isEqualTo(before);
  }

  private static String asGlobex(String command) {
    return ROOMS.as(ROOMS.told("globex", "api-key"), ROOMS.told("globex", "api-secret"), command);
  }

  private static String join(String room) {
    return "join --video '{\"roomJoin\":true,\"room\":\"%s\"}'".formatted(room);
  }

  private static String room(String name) {
    return "call CreateRoom '{\"name\":\"%s\",\"empty_timeout\":600}' --video '{\"roomCreate\":true}'"
        .formatted(name);
  }

  private static String list(String name) {
    return "call ListRooms '{\"names\":[\"%s\"]}' --video '{\"roomList\":true}'".formatted(name);
  }

  private static String rooms() {
    return ROOMS.asPlatform("call ListRooms '{}' --all --video '{\"roomList\":true}'");
  }

  private static void awaitOut() {
    var end = Instant.now().plus(ofSeconds(10));
    while (!ROOMS.isOut()) {
      assertThat(Instant.now()).as("it is still in").isBefore(end);
    }
  }

  /** The phase says that nobody gets in; the rooms end in the round after. */
  private static void awaitNoRoom(String name) {
    var end = Instant.now().plus(LIMIT);
    while (rooms().contains(name)) {
      assertThat(Instant.now()).as(name + " is still there").isBefore(end);
    }
  }

  /** The servers and the gateway, with how often each was restarted. */
  private static List<String> pods() {
    return CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withLabelIn("generalbots.io/component", "livekit", "gateway")
        .list()
        .getItems()
        .stream()
        .map(TenantRoomsE2E::life)
        .sorted()
        .toList();
  }

  private static String life(Pod pod) {
    var restarts =
        pod.getStatus().getContainerStatuses().stream().mapToInt(c -> c.getRestartCount());
    return pod.getMetadata().getName() + " " + restarts.sum();
  }
}
