package io.generalbots.operator.external.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.external.Token;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stand-in for Qdrant answers as three real nodes of 1.18.3 did, where they were recorded, and
 * by the rules for keys and tokens that were measured of one.
 */
class QdrantStandInTest {

  private static final String KEY = "a key of the platform that is long enough";
  private static final StandIn OPEN = new StandIn("");
  private static final StandIn KEYED = new StandIn(KEY);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** How long something took, and how many things were done before. */
  private static final List<String> OF_THE_MOMENT = List.of("time", "operation_id");

  @AfterAll
  static void close() {
    OPEN.close();
    KEYED.close();
  }

  private record Said(int status, JsonObject body) {}

  /** In the order in which they were recorded; the points themselves were not. */
  @Test
  void asInTheRecording() throws IOException, InterruptedException {
    replay("create, replication 1", "create again", "text index for hybrid search");
    var points =
        IntStream.range(0, 2000)
            .mapToObj(i -> "{\"id\":%d,\"vector\":[1,%d,3,4],\"payload\":{}}".formatted(i, i))
            .collect(Collectors.joining(",", "{\"points\":[", "]}"));
    assertThat(ask(OPEN, "PUT", "/collections/kb/points?wait=true", points, Map.of()).status())
        .isEqualTo(200);
    replay("2000 points", "create, replication 2", "delete", "delete again");
  }

  private static void replay(String... notes) throws IOException, InterruptedException {
    for (var note : notes) {
      var entry = Recording.entry(note);
      var said =
          ask(
              OPEN,
              entry.getString("method"),
              entry.getString("path"),
              String.valueOf(entry.getValue("request", "")),
              Map.of());
      assertThat(said.status()).as(note).isEqualTo(entry.getInteger("status"));
      assertThat(lasting(said.body())).as(note).isEqualTo(lasting(entry.getJsonObject("response")));
    }
  }

  private static JsonObject lasting(JsonObject said) {
    var lasting = new JsonObject();
    said.forEach(
        e -> {
          if (e.getValue() instanceof JsonObject within) {
            lasting.put(e.getKey(), lasting(within));
          } else if (!OF_THE_MOMENT.contains(e.getKey())) {
            lasting.put(e.getKey(), e.getValue());
          }
        });
    return lasting;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/readyz", "/livez", "/healthz"})
  void withoutAKeyItSaysThatItIsThere(String path) throws IOException, InterruptedException {
    assertThat(ask(KEYED, "GET", path, "", Map.of()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/collections", "/metrics"})
  void andNothingElse(String path) throws IOException, InterruptedException {
    assertThat(ask(KEYED, "GET", path, "", Map.of()).status()).isEqualTo(401);
    assertThat(ask(KEYED, "GET", path, "", Map.of("api-key", KEY)).status()).isEqualTo(200);
    assertThat(ask(KEYED, "GET", path, "", Map.of("Authorization", "Bearer " + KEY)).status())
        .isEqualTo(200);
  }

  /** Measured: what a token for collection a alone, to read and write, or to read, opens. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rw | POST   | /collections/a/points/query  | {"query":[1,0]}                                                  | 200
          rw | PUT    | /collections/a/points        | {"points":[{"id":1,"vector":[1,0]}]}                             | 200
          rw | PUT    | /collections/a/index         | {"field_name":"x","field_schema":"text"}                         | 200
          rw | POST   | /collections/a/snapshots     | {}                                                               | 200
          rw | POST   | /collections/b/points/query  | {"query":[1,0]}                                                  | 403
          rw | DELETE | /collections/a               | {}                                                               | 403
          rw | PUT    | /collections/c               | {"vectors":{"size":2,"distance":"Dot"}}                          | 403
          rw | GET    | /metrics                     |                                                                  | 403
          rw | POST   | /collections/a/points/query  | {"query":1,"lookup_from":{"collection":"b"}}                     | 403
          rw | POST   | /collections/a/points/query  | {"prefetch":{"query":1,"lookup_from":{"collection":"b"}}}        | 403
          r  | POST   | /collections/a/points/query  | {"query":[1,0]}                                                  | 200
          r  | PUT    | /collections/a/points        | {"points":[{"id":2,"vector":[1,0]}]}                             | 403
          """)
  void aTokenOpensItsCollection(String level, String method, String path, String body, int status)
      throws IOException, InterruptedException {
    for (var name : List.of("a", "b")) {
      ask(KEYED, "PUT", "/collections/" + name, "{}", Map.of("api-key", KEY));
    }
    var access = List.of(Map.of("collection", "a", "access", level));
    var text = body == null ? "" : body;
    assertThat(ask(KEYED, method, path, text, shown(access, 60, KEY)).status()).isEqualTo(status);
  }

  @Test
  void aListIsOfWhatATokenOpens() throws IOException, InterruptedException {
    ask(KEYED, "PUT", "/collections/a", "{}", Map.of("api-key", KEY));
    ask(KEYED, "PUT", "/collections/b", "{}", Map.of("api-key", KEY));
    var access = List.of(Map.of("collection", "a", "access", "r"));
    var said = ask(KEYED, "GET", "/collections", "", shown(access, 60, KEY));
    assertThat(Reading.names(said.body().getJsonObject("result"))).containsExactly("a");
    var all = ask(KEYED, "GET", "/collections", "", shown("m", 60, KEY));
    assertThat(Reading.names(all.body().getJsonObject("result"))).contains("a", "b");
  }

  /** Which is why none is ever signed. */
  @Test
  void aTokenThatSaysNothingOpensEverything() throws IOException, InterruptedException {
    assertThat(ask(KEYED, "GET", "/metrics", "", shown("", 60, KEY)).status()).isEqualTo(200);
  }

  @Test
  void aTokenIsSignedWithTheKeyAndEnds() throws IOException, InterruptedException {
    assertThat(ask(KEYED, "GET", "/metrics", "", shown("m", 60, "another")).status())
        .isEqualTo(403);
    assertThat(ask(KEYED, "GET", "/metrics", "", shown("m", -20, KEY)).status()).isEqualTo(200);
    assertThat(ask(KEYED, "GET", "/metrics", "", shown("m", -40, KEY)).status()).isEqualTo(401);
  }

  private static Map<String, String> shown(Object access, long seconds, String key) {
    var claims = new HashMap<String, Object>();
    claims.put("exp", Instant.now().getEpochSecond() + seconds);
    if (!"".equals(access)) {
      claims.put("access", access);
    }
    return Map.of("api-key", new Token(claims).signed(key));
  }

  private static Said ask(
      StandIn at, String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(at.port(), path)))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
    var text = answer.body();
    return new Said(
        answer.statusCode(), text.startsWith("{") ? new JsonObject(text) : new JsonObject());
  }
}
