package io.generalbots.operator.external.qdrant;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Answers as three real Qdrant 1.18.3 nodes did when they were recorded, and nothing else: a
 * request that was not made then, with this very body, is answered by 501.
 */
final class Recording implements AutoCloseable {

  private static final String FILE = "/contracts/qdrant-1.18.3-cluster.jsonl";
  private static final int NEVER_ASKED = 501;

  private final List<JsonObject> left = new ArrayList<>(all());
  private final HttpServer http;

  Recording() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
  }

  /** Where it listens. */
  int port() {
    return http.getAddress().getPort();
  }

  /** What was answered to the request that bears this note. */
  static JsonObject result(String note) {
    return entry(note).getJsonObject("response").getJsonObject("result");
  }

  /** The request that bears this note, and its answer. */
  static JsonObject entry(String note) {
    return all().stream().filter(e -> note.equals(e.getString("note"))).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var found = left.stream().filter(e -> isAbout(e, exchange, body)).findFirst();
    found.ifPresent(left::remove);
    var text = found.map(e -> String.valueOf(e.getValue("response"))).orElse("never asked");
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(
        found.map(e -> e.getInteger("status")).orElse(NEVER_ASKED), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static boolean isAbout(JsonObject entry, HttpExchange exchange, String body) {
    var sent = body.isEmpty() ? null : new JsonObject(body);
    return entry.getString("method").equals(exchange.getRequestMethod())
        && untimed(entry.getString("path")).equals(exchange.getRequestURI().toString())
        && Objects.equals(entry.getJsonObject("request"), sent);
  }

  /** How long Qdrant may take to answer is no part of what is asked. */
  private static String untimed(String path) {
    return path.replaceAll("\\?timeout=\\d+$", "");
  }

  private static List<JsonObject> all() {
    try (var stream = Objects.requireNonNull(Recording.class.getResourceAsStream(FILE))) {
      var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(JsonObject::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
