package io.generalbots.edge.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.edge.route.Query;
import io.generalbots.sharding.published.Publication;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for an API server that breaks in every way: it lists and watches ConfigMaps of one
 * label and does nothing else. What a real one does is for tests on a node.
 */
final class ApiServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> documents = new ConcurrentHashMap<>();
  private final List<ServerWebSocket> watches = new CopyOnWriteArrayList<>();
  private final NavigableMap<Integer, String> history = new ConcurrentSkipListMap<>();
  private final AtomicInteger version = new AtomicInteger(1);
  private final AtomicInteger lists = new AtomicInteger();
  private HttpServer server;

  ApiServer() {
    server = listening(0);
  }

  KubernetesClient client() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.actualPort())
            .withHttp2Disable(true)
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(100)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  int watchers() {
    return watches.size();
  }

  int lists() {
    return lists.get();
  }

  void publish(String name, String text) {
    tell(published(name, text));
  }

  void remove(String name) {
    var text = String.valueOf(documents.remove(name));
    tell(happened("DELETED", configMap(name, text)));
  }

  /** What happens while nobody watches; who asks from before it on is told. */
  void publishUnseen(String name, String text) {
    published(name, text);
  }

  private String published(String name, String text) {
    var kind = documents.put(name, text) == null ? "ADDED" : "MODIFIED";
    return happened(kind, configMap(name, text));
  }

  private String happened(String kind, Map<String, Object> object) {
    var event = line(kind, object);
    history.put(version.get(), event);
    return event;
  }

  /** Ends every watch, as a server does now and then. */
  void endWatches() {
    watches.forEach(ServerWebSocket::close);
    watches.clear();
  }

  /** Tells every watch that what it goes on from is too long ago. */
  void expire() {
    var gone = Map.of("kind", "Status", "apiVersion", "v1", "code", 410, "reason", "Expired");
    watches.forEach(watch -> watch.writeTextMessage(line("ERROR", gone)));
    endWatches();
  }

  /** Goes away. */
  void stop() {
    watches.clear();
    server.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Comes back where it was. */
  void startAgain() {
    server = listening(server.actualPort());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private HttpServer listening(int port) {
    return vertx
        .createHttpServer(new HttpServerOptions().setReuseAddress(true))
        .requestHandler(this::answer)
        .webSocketHandler(this::watch)
        .listen(port, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void answer(HttpServerRequest request) {
    var response = request.response().putHeader("Content-Type", "application/json");
    var label = Publication.LABEL + "=" + Publication.LABEL_VALUE;
    if (!request.path().equals("/api/v1/namespaces/bots/configmaps")
        || !label.equals(request.getParam("labelSelector"))) {
      response.setStatusCode(403).end("{}");
    } else {
      lists.incrementAndGet();
      response.end(json(list()));
    }
  }

  private void watch(ServerWebSocket watch) {
    watches.add(watch);
    watch.closeHandler(closed -> watches.remove(watch));
    var from = Integer.parseInt(new Query(watch.query()).first("resourceVersion").orElse("0"));
    history.tailMap(from, false).values().forEach(watch::writeTextMessage);
  }

  private void tell(String event) {
    watches.forEach(watch -> watch.writeTextMessage(event));
  }

  private static String line(String kind, Object object) {
    return json(Map.of("type", kind, "object", object)) + "\n";
  }

  private Map<String, Object> list() {
    var list = new LinkedHashMap<String, Object>();
    list.put("kind", "ConfigMapList");
    list.put("apiVersion", "v1");
    list.put("metadata", Map.of("resourceVersion", String.valueOf(version.get())));
    list.put(
        "items",
        documents.entrySet().stream().map(d -> configMap(d.getKey(), d.getValue())).toList());
    return list;
  }

  private Map<String, Object> configMap(String name, String text) {
    var map = new LinkedHashMap<String, Object>();
    map.put("kind", "ConfigMap");
    map.put("apiVersion", "v1");
    var stamp = String.valueOf(version.incrementAndGet());
    map.put(
        "metadata",
        Map.of("name", name, "namespace", "bots", "uid", name, "resourceVersion", stamp));
    map.put("data", Map.of(Publication.FILE, text));
    return map;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("maps can be written", e);
    }
  }
}
