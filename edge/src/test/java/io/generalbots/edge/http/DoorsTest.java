package io.generalbots.edge.http;

import static io.generalbots.edge.Published.json;
import static io.generalbots.edge.Published.region;
import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.edge.Published;
import io.generalbots.edge.Wire;
import io.generalbots.sharding.hash.HashFunction;
import io.generalbots.sharding.hash.KeyType;
import io.generalbots.sharding.published.Detection;
import io.generalbots.sharding.published.Publication;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a proxy asks, and what it is told, byte by byte. */
class DoorsTest {

  private static final OpenDoors DOORS = new OpenDoors();
  private static final Wire WIRE = DOORS.wire();
  private static final String USERS = "X-Forwarded-Host: users.example.com";
  private static final String WORLD = "X-Forwarded-Host: world.example.com";
  private static final Publication HASH =
      Published.byHash(KeyType.INTEGER, "v1 ConsistentHash 4", 2);
  private static final Pattern VECTOR =
      Pattern.compile("\"((?:[^\"]|\"\")*)\",(-?\\d+),(\\d+),(\\d+),(\\d+)");

  DoorsTest() {
    publish(HASH);
  }

  @AfterAll
  static void close() {
    DOORS.close();
  }

  @Test
  void aKeyOfTheHeaderIsToldItsShard() {
    var answer = WIRE.get("/authorize", USERS, "X-Generalbots-Key: 42");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("X-Generalbots-Policy")).hasValue("by-user");
    assertThat(answer.header("X-Generalbots-Shard")).hasValue("by-user-0");
    assertThat(answer.header("X-Generalbots-Endpoint")).hasValue("prod-pooler.bots.svc:6432");
    assertThat(answer.header("X-Generalbots-Database")).hasValue("botserver");
    assertThat(answer.header("X-Generalbots-Region")).isEmpty();
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @Test
  void aKeyOfTheForwardedUriIsToldTheSame() {
    var answer = WIRE.get("/authorize", USERS, "X-Forwarded-Uri: /chat?user_id=42");
    assertThat(answer.header("X-Generalbots-Shard")).hasValue("by-user-0");
  }

  @Test
  void anyMethodIsAsGoodAsAnother() {
    for (var method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"}) {
      var head = method + " /authorize HTTP/1.1\r\n" + USERS + "\r\nX-Generalbots-Key: 42\r\n";
      assertThat(WIRE.send(head).header("X-Generalbots-Shard")).hasValue("by-user-0");
    }
  }

  @Test
  void theHostOfTheRequestCountsWhereNoneIsForwarded() {
    var answer = WIRE.get("/authorize", "Host: USERS.example.com:8443", "X-Generalbots-Key: 42");
    assertThat(answer.header("X-Generalbots-Shard")).hasValue("by-user-0");
  }

  @Test
  void whatIsMissingOrBadIsSaidWithout200() {
    assertThat(WIRE.get("/authorize", USERS).status()).isEqualTo(400);
    assertThat(WIRE.get("/authorize", USERS).body()).contains("X-Generalbots-Key", "user_id");
    assertThat(WIRE.get("/authorize", USERS, "X-Generalbots-Key: x").body())
        .isEqualTo("the key is no integer\n");
    assertThat(WIRE.get("/authorize", "X-Forwarded-Host: other.example.com").status())
        .isEqualTo(404);
    assertThat(WIRE.get("/authorize?policy=none", USERS).status()).isEqualTo(404);
    assertThat(WIRE.get("/authorize?policy=%ff", USERS).status()).isEqualTo(400);
  }

  @Test
  void aShardThatIsDownIsNamed() {
    var down = WIRE.get("/authorize", USERS, "X-Generalbots-Key: 3");
    assertThat(down.status()).isEqualTo(503);
    assertThat(down.header("Retry-After")).hasValue("5");
    assertThat(down.header("X-Generalbots-Shard")).hasValue("by-user-2");
    assertThat(down.body()).startsWith("shard by-user-2 is not ready");
  }

  @Test
  void decisionsAreCountedByNamesOfPublicationsAlone() {
    var before = DOORS.counted("by-user", "by-user-0", "routed");
    WIRE.get("/authorize", USERS, "X-Generalbots-Key: 42");
    WIRE.get("/authorize", "X-Forwarded-Host: a-new-one.example.com", "X-Generalbots-Key: 42");
    assertThat(DOORS.counted("by-user", "by-user-0", "routed")).isEqualTo(before + 1);
    assertThat(DOORS.labels())
        .allMatch(
            label ->
                label.matches(
                    "|by-(user|place)(-[0-9]+)?|us-east|eu-west|routed|bad-request|unknown|unavailable"));
  }

  /** Every vector that can stand in a header, and every one in a query, as bytes of UTF-8. */
  @Test
  void theVectorsOfTheFunctionHoldThroughTheDoor() throws IOException {
    try (var file = HashFunction.class.getResourceAsStream("vectors.csv")) {
      var text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      text.lines().skip(1).forEach(DoorsTest::checkVector);
    }
  }

  private static void checkVector(String line) {
    var row = VECTOR.matcher(line);
    assertThat(row.matches()).isTrue();
    var key = row.group(1).replace("\"\"", "\"");
    var count = row.group(3);
    checkVector(key, "v1 ConsistentHash " + count, Optional.of("by-user-" + row.group(4)));
    checkVector(key, "v1 Modulo " + count, Optional.of("by-user-" + row.group(5)));
  }

  private static void checkVector(String key, String line, Optional<String> shard) {
    publish(Published.byHash(KeyType.TEXT, line));
    var written = URLEncoder.encode(key, StandardCharsets.UTF_8);
    var uri = "X-Forwarded-Uri: /?user_id=" + written;
    assertThat(WIRE.get("/authorize", USERS, uri).header("X-Generalbots-Shard")).isEqualTo(shard);
    assertThat(WIRE.get("/route?policy=by-user&key=" + written).body())
        .contains("\"shard\" : \"" + shard.orElseThrow() + "\"");
    if (key.equals(key.strip()) && !key.isEmpty()) {
      var octets = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      assertThat(
              WIRE.get("/authorize", USERS, "X-Generalbots-Key: " + octets)
                  .header("X-Generalbots-Shard"))
          .isEqualTo(shard);
    }
  }

  @Test
  void aUserIsToldTheRegionAndRemembersIt() {
    publishPlaces(true);
    var first =
        WIRE.get("/authorize", WORLD, "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https");
    assertThat(first.header("X-Generalbots-Region")).hasValue("eu-west");
    assertThat(first.header("X-Generalbots-Upstream"))
        .hasValue("http://eu-west-gateway.bots.svc:8080");
    assertThat(first.header("X-Generalbots-Endpoint")).hasValue("eu-west-gateway.bots.svc:8080");
    assertThat(first.header("Set-Cookie"))
        .hasValue("gbo-region=eu-west; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure");
    var next =
        WIRE.get(
            "/authorize", WORLD, "X-Forwarded-For: 192.0.2.1", "Cookie: a=b; gbo-region=eu-west");
    assertThat(next.header("X-Generalbots-Region")).hasValue("eu-west");
    assertThat(next.header("Set-Cookie")).isEmpty();
  }

  @Test
  void whoseRegionFailsIsToldTheNextAndToForgetTheFormer() {
    publishPlaces(false);
    var answer =
        WIRE.get("/authorize", WORLD, "X-Forwarded-For: 192.0.2.1", "Cookie: gbo-region=eu-west");
    assertThat(answer.header("X-Generalbots-Region")).hasValue("us-east");
    assertThat(answer.header("Set-Cookie").orElse(""))
        .startsWith("gbo-region=us-east; ")
        .doesNotContain("Secure");
  }

  @Test
  void aPolicyThatTheProxyNamesDecides() {
    publishPlaces(true);
    var answer = WIRE.get("/authorize?policy=by-place", USERS, "X-Generalbots-Key: 42");
    assertThat(answer.header("X-Generalbots-Region")).hasValue("us-east");
  }

  @Test
  void whatIsExplainedIsWhatIsDecided() {
    publishPlaces(true);
    assertThat(WIRE.get("/route?host=world.example.com&address=192.0.2.1").body())
        .isEqualTo(
            """
            {
              "outcome" : "routed",
              "status" : 200,
              "policy" : "by-place",
              "region" : "eu-west",
              "upstream" : "http://eu-west-gateway.bots.svc:8080",
              "endpoint" : "eu-west-gateway.bots.svc:8080",
              "stage" : "home",
              "reason" : "country DE, so that regions come in the order eu-west, us-east: eu-west"
            }
            """);
    assertThat(WIRE.get("/route?policy=by-user&path=/x%3Fuser_id%3D42").body())
        .contains("\"shard\" : \"by-user-0\"", "hash 73475cb40a568e8d");
    assertThat(WIRE.get("/route?address=%22%0d%0aX:y").status()).isEqualTo(400);
    assertThat(WIRE.get("/route?address=%22%0d%0aX:y").body()).contains("\\\"\\r\\nX:y");
  }

  private static void publishPlaces(boolean isUp) {
    publish(
        Published.byPlace(
            Detection.IP, region("us-east", "US NA", true), region("eu-west", "DE EU", isUp)));
  }

  /** Beside the policy by hash. */
  private static void publish(Publication publication) {
    var documents = new TreeMap<String, String>();
    documents.put("by-user-routing", json(HASH));
    documents.put(publication.policy() + "-routing", json(publication));
    DOORS.board().accept(documents);
  }
}
