package io.generalbots.edge.runtime;

import static io.generalbots.edge.Published.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.edge.Patience;
import io.generalbots.edge.Published;
import io.generalbots.edge.Wire;
import io.generalbots.sharding.hash.KeyType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The router as a whole, with tables of a folder. */
@QuarkusTest
@TestProfile(EdgeTest.WithFolder.class)
class EdgeTest {

  /** A folder that is empty at first. */
  public static final class WithFolder implements QuarkusTestProfile {

    static final Path FOLDER = made();

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("edge.folder", FOLDER.toString(), "edge.trusted-proxies", "127.0.0.0/8,::1");
    }

    private static Path made() {
      try {
        return Files.createTempDirectory("tables");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();

  /** Where it listens, as soon as it does. */
  @TestHTTPResource("/")
  URI root = URI.create("/");

  @Test
  void aTableThatIsPublishedIsServedMeasuredAndTold() throws IOException {
    Patience.until(() -> status("/q/health/ready") == 200);
    Files.writeString(
        WithFolder.FOLDER.resolve("by-user-routing.json"),
        json(Published.byHash(KeyType.INTEGER, "v1 ConsistentHash 4")));
    Patience.until(() -> status("/authorize?policy=by-user") == 200);
    assertThat(get("/route?host=users.example.com&key=42").body()).contains("by-user-0");
    assertThat(get("/q/metrics").body())
        .contains(
            "generalbots_edge_decisions_total{outcome=\"routed\",policy=\"by-user\",target=\"by-user-0\"}",
            "generalbots_edge_policies 1.0",
            "generalbots_edge_documents_refused 0.0",
            "generalbots_edge_table_age_seconds 0.0");
  }

  /** Behind it is a server of its own; nothing of it should answer in another way. */
  @Test
  void whatIsNoRequestIsRefusedHereToo() {
    var answer = new Wire(root.getPort()).get("/authorize", "Host: a b\u00fe");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("this is no request of HTTP\n");
  }

  private int status(String path) {
    return get(path).statusCode();
  }

  private HttpResponse<String> get(String path) {
    var request =
        HttpRequest.newBuilder(root.resolve(path)).header("X-Generalbots-Key", "42").build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
