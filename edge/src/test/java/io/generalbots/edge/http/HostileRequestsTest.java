package io.generalbots.edge.http;

import static io.generalbots.edge.Published.json;
import static io.generalbots.edge.Published.region;
import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.edge.Laws;
import io.generalbots.edge.Published;
import io.generalbots.edge.Wire;
import io.generalbots.sharding.hash.KeyType;
import io.generalbots.sharding.published.Detection;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What nobody sends who means well. */
class HostileRequestsTest {

  private static final List<String> NAMES =
      List.of(
          "X-Forwarded-Host",
          "X-Forwarded-Uri",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-Generalbots-Key",
          "CF-IPCountry",
          "Cookie",
          "Host",
          "X-Generalbots-Shard");

  private static final List<String> VALUES =
      List.of(
          "users.example.com",
          "world.example.com",
          "42",
          "/?user_id=42",
          "/?user_id=%0d%0aX-Evil:1",
          "gbo-region=us-east",
          "gbo-region=\"us-east%0d%0aX-Evil: 1\"",
          "192.0.2.1",
          "DE",
          "https",
          "gbo-region=evil",
          "\"",
          "%",
          "?",
          "a=b;=;;",
          ", ,");

  private static final Set<String> ANSWERED =
      Set.of(
          "x-generalbots-policy",
          "x-generalbots-endpoint",
          "x-generalbots-shard",
          "x-generalbots-database",
          "x-generalbots-region",
          "x-generalbots-upstream",
          "set-cookie",
          "content-length",
          "content-type",
          "connection",
          "retry-after",
          "cache-control",
          "x-content-type-options");

  /** A text that no publication holds: where it comes back, a request was believed. */
  private static final String CANARY = "canary";

  @Test
  void whateverIsSentNoneOfItComesBackInAHeader() {
    try (var doors = new OpenDoors()) {
      doors
          .board()
          .accept(
              Map.of(
                  "by-user-routing", json(Published.byHash(KeyType.TEXT, "v1 ConsistentHash 4", 2)),
                  "by-place-routing",
                      json(Published.byPlace(Detection.HEADER, region("us-east", "US NA", true)))));
      var wire = doors.wire();
      Laws.hold(3_000, random -> check(wire.send(request(random))));
      assertThat(doors.labels()).allMatch(label -> !label.contains(CANARY)).hasSizeLessThan(60);
    }
  }

  /** What is explained may say again what was asked, and only as JSON does. */
  @Test
  void whateverIsToBeExplainedTheAnswerIsJson() {
    try (var doors = new OpenDoors()) {
      var policy = Published.byHash(KeyType.TEXT, "v1 ConsistentHash 4", 2);
      doors.board().accept(Map.of("by-user-routing", json(policy)));
      var wire = doors.wire();
      Laws.hold(
          2_000,
          random -> {
            var answer = wire.get("/route?" + query(random));
            assertThat(answer.status()).isIn(200, 400);
            assertThat(new JsonObject(answer.body()).getString("reason")).isNotBlank();
          });
    }
  }

  @Test
  void aStrangersWordOnAddressAndCountryIsNotBelieved() {
    try (var doors = new OpenDoors(List.of())) {
      for (var detection : Detection.values()) {
        var regions = List.of(region("us-east", "US NA", true), region("eu-west", "DE EU", true));
        var publication = Published.byPlace(detection, regions.get(0), regions.get(1));
        doors.board().accept(Map.of("by-place-routing", json(publication)));
        var answer =
            doors
                .wire()
                .get(
                    "/authorize",
                    "X-Forwarded-Host: world.example.com",
                    "X-Forwarded-For: 192.0.2.1",
                    "CF-IPCountry: DE");
        assertThat(answer.header("X-Generalbots-Region")).hasValue("us-east");
      }
    }
  }

  private static String query(Random random) {
    var names = List.of("host", "policy", "key", "path", "address", "country", "region", "x");
    return random
        .ints(1 + random.nextInt(6), 0, names.size())
        .mapToObj(name -> names.get(name) + "=" + value(random).replaceAll("[ \"<>#`{|}]", "%"))
        .collect(Collectors.joining("&"));
  }

  private static void check(Wire.Answer answer) {
    assertThat(answer.status()).isIn(200, 400, 404, 503);
    var names =
        answer.head().stream()
            .skip(1)
            .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT));
    assertThat(names).isSubsetOf(ANSWERED);
    assertThat(String.join("\n", answer.head()) + answer.body()).doesNotContain(CANARY, "evil");
  }

  private static String request(Random random) {
    var policy = random.nextInt(4) == 0 ? "?policy=" + CANARY : "";
    var headers =
        random
            .ints(1 + random.nextInt(8), 0, NAMES.size())
            .mapToObj(name -> NAMES.get(name) + ": " + value(random) + "\r\n")
            .collect(Collectors.joining());
    return "GET /authorize" + policy + " HTTP/1.1\r\n" + headers;
  }

  /** Bytes that a header may have, often in the middle of something that makes sense. */
  private static String value(Random random) {
    var value = new StringBuilder(VALUES.get(random.nextInt(VALUES.size())));
    for (var i = random.nextInt(4); i > 0; i--) {
      var noise =
          random.nextBoolean() ? CANARY : String.valueOf((char) (0x21 + random.nextInt(0xde)));
      value.insert(random.nextInt(value.length() + 1), noise.replace('\u007f', '~'));
    }
    return value.toString();
  }
}
