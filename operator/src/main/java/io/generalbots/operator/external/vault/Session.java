package io.generalbots.operator.external.vault;

import io.generalbots.operator.external.Answered;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Somebody who has signed in at a vault. */
final class Session implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int CONNECT_MILLIS = 2_000;
  private static final Path IDENTITY =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  private final HttpClient client;
  private final String address;
  private String token = "";

  private Session(HttpClient client, String address) {
    this.client = client;
    this.address = address;
  }

  static Session open(Vertx vertx, Access access) {
    var session = new Session(vertx.createHttpClient(options(access)), access.address());
    try {
      session.token = session.signIn(access.signIn());
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** What is there under a path; empty if nothing is. */
  Optional<JsonObject> ask(String path) {
    var answer = send(HttpMethod.GET, path, new JsonObject());
    return answer.isNotFound()
        ? Optional.empty()
        : Optional.of(good(answer, path).getJsonObject("data", new JsonObject()));
  }

  /** The names of what is there below a path. */
  List<String> list(String path) {
    return ask(path + "?list=true").map(d -> d.getJsonArray("keys", new JsonArray())).stream()
        .flatMap(JsonArray::stream)
        .map(String::valueOf)
        .toList();
  }

  /** Writes, or has something done; gives the whole answer. */
  JsonObject tell(String path, JsonObject body) {
    return good(send(HttpMethod.POST, path, body), path);
  }

  /** Has something done; false if the vault would not. */
  boolean isDone(String path, JsonObject body) {
    return send(HttpMethod.POST, path, body).isGood();
  }

  /** Removes what is there, if it is. */
  void remove(String path) {
    var answer = send(HttpMethod.DELETE, path, new JsonObject());
    if (!answer.isNotFound()) {
      good(answer, path);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private String signIn(SignIn signIn) {
    if (signIn instanceof SignIn.Token given) {
      return given.token();
    } else if (signIn instanceof SignIn.Password login) {
      return signedIn(
          signIn,
          "auth/userpass/login/" + login.user(),
          new JsonObject().put("password", login.password()));
    }
    var account = (SignIn.ServiceAccount) signIn;
    return signedIn(
        signIn,
        "auth/%s/login".formatted(account.mount()),
        new JsonObject().put("role", account.role()).put("jwt", identity()));
  }

  private String signedIn(SignIn as, String path, JsonObject body) {
    var answer = send(HttpMethod.POST, path, body);
    if (answer.isRefused()) {
      throw answer.trouble("cannot sign in as " + as);
    }
    return good(answer, path).getJsonObject("auth", new JsonObject()).getString("client_token", "");
  }

  private static String identity() {
    try {
      return Files.readString(IDENTITY).strip();
    } catch (IOException e) {
      throw new VaultTrouble(
          VaultTrouble.Kind.REFUSED, "the operator has no token of its ServiceAccount", e);
    }
  }

  private JsonObject good(Answer answer, String path) {
    if (answer.isGood()) {
      return answer.body();
    }
    var trouble = answer.trouble(path);
    throw trouble.kind() == VaultTrouble.Kind.SEALED && !isInitialised()
        ? new VaultTrouble(VaultTrouble.Kind.NOT_INITIALISED, "the vault has no data", trouble)
        : trouble;
  }

  private boolean isInitialised() {
    return send(HttpMethod.GET, "sys/seal-status", new JsonObject())
        .body()
        .getBoolean("initialized", true);
  }

  private Answer send(HttpMethod method, String path, JsonObject body) {
    var request = new RequestOptions().setMethod(method).setAbsoluteURI(address + "/v1/" + path);
    if (!token.isEmpty()) {
      request.putHeader("X-Vault-Token", token);
    }
    var answer =
        Answered.of(
            client.request(request),
            r -> send(r, body.isEmpty() ? Buffer.buffer() : body.toBuffer()),
            r -> r.body().map(b -> Answer.of(r.statusCode(), b)));
    try {
      return Waiting.within(LIMIT, address, answer);
    } catch (StepFailure e) {
      throw new VaultTrouble(VaultTrouble.Kind.UNREACHABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private static io.vertx.core.Future<HttpClientResponse> send(
      HttpClientRequest request, Buffer body) {
    return request.putHeader("Content-Type", "application/json").send(body);
  }

  /** An authority may be followed by the next one: all of the bundle count. */
  private static HttpClientOptions options(Access access) {
    var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS);
    if (!access.authority().isEmpty()) {
      options.setTrustOptions(
          new PemTrustOptions().addCertValue(Buffer.buffer(access.authority())));
    }
    return options;
  }
}
