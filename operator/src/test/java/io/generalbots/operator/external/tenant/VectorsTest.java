package io.generalbots.operator.external.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.qdrant.OpenQdrant;
import io.generalbots.operator.external.qdrant.StandIn;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator does with the collections of Tenants, at the stand-in for Qdrant. */
class VectorsTest {

  private static final String KEY = "a key of the platform that is long enough";
  private static final Vertx VERTX = Vertx.vertx();
  private static final StandIn STAND_IN = new StandIn(KEY);
  private static final OpenQdrant QDRANT = STAND_IN.open(VERTX, KEY);
  private static final ClearVectors CLEAR = new ClearVectors("demo", "bots", "acme", List.of());

  @AfterAll
  static void close() {
    QDRANT.close();
    STAND_IN.close();
    VERTX.close();
  }

  @BeforeEach
  void fill() throws IOException, InterruptedException {
    QDRANT.names("").forEach(QDRANT::remove);
    make("kb", 5);
    make("t~acme~a", 3);
    make("t~acme~b", 4);
    make("t~acme2~a", 1);
    make("t~rival~a", 2);
    make("t~empty~a", 0);
  }

  @Test
  void pointsAreCountedByTenant() {
    var counting = VectorScales.Counting.begin(QDRANT);
    assertThat(counting.goOn(QDRANT, Duration.ofSeconds(30))).isTrue();
    assertThat(counting.points())
        .isEqualTo(Map.of("acme", 7L, "acme2", 1L, "rival", 2L, "empty", 0L));
  }

  @Test
  void whoHasManyIsCountedInSeveralLooks() {
    var counting = VectorScales.Counting.begin(QDRANT);
    var looks = 1;
    while (!counting.goOn(QDRANT, Duration.ZERO)) {
      looks++;
    }
    assertThat(looks).isEqualTo(5);
    assertThat(counting.points()).containsEntry("acme", 7L);
  }

  @Test
  void oneThatIsGoneMeanwhileHasNoPoints() {
    var counting = VectorScales.Counting.begin(QDRANT);
    QDRANT.remove("t~acme~a");
    assertThat(counting.goOn(QDRANT, Duration.ofSeconds(30))).isTrue();
    assertThat(counting.points()).containsEntry("acme", 4L);
  }

  @Test
  void atItsEndItsCollectionsGoAndNoOther() {
    ClearVectorsDriver.clear(CLEAR, QDRANT, new Turn(Duration.ofSeconds(30)));
    assertThat(QDRANT.names("")).containsExactly("kb", "t~acme2~a", "t~empty~a", "t~rival~a");
    ClearVectorsDriver.clear(CLEAR, QDRANT, new Turn(Duration.ofSeconds(30)));
  }

  @Test
  void theRestIsForTheNextTime() {
    assertThatThrownBy(() -> ClearVectorsDriver.clear(CLEAR, QDRANT, new Turn(Duration.ZERO)))
        .isInstanceOf(Unfinished.class)
        .hasMessageContaining("the collections of acme are being removed");
    assertThat(QDRANT.names("t~acme~")).hasSize(1);
  }

  @Test
  void whatIsRefusedIsAFailure() {
    try (var stranger = STAND_IN.open(VERTX, "another")) {
      assertThatThrownBy(() -> stranger.names("")).isInstanceOf(StepFailure.class);
      assertThatThrownBy(() -> stranger.remove("kb")).isInstanceOf(StepFailure.class);
      assertThatThrownBy(() -> stranger.count("kb")).isInstanceOf(StepFailure.class);
    }
  }

  @Test
  void whatBelongsToNobodyIsFound() {
    var known = new Known(java.util.Set.of("acme", "rival"), java.util.Set.of());
    assertThat(known.withoutCollections(QDRANT.names("t~")))
        .containsExactly("t~acme2~a", "t~empty~a");
  }

  private static void make(String name, int points) throws IOException, InterruptedException {
    put("/collections/" + name, "{\"vectors\":{\"size\":1,\"distance\":\"Dot\"}}");
    for (var id = 0; id < points; id++) {
      put(
          "/collections/%s/points".formatted(name),
          "{\"points\":[{\"id\":%d,\"vector\":[1]}]}".formatted(id));
    }
  }

  private static void put(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(STAND_IN.port(), path)))
            .header("api-key", KEY)
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
