package io.generalbots.operator.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Measures a thousand Tenants before fake stores, on an API server that is alone: {@code dev/bench
 * tenants --fake}. Everything it finds out is one line of JSON at its end.
 */
class ManyTenantsBench {

  /** There is nobody who would end what an earlier run left. */
  private final String namespace = "bench-tenants-" + Instant.now().getEpochSecond();

  private static final int EDITS = 200;

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final int count = Integer.getInteger("tenants", 1000);
  private final int idle = Integer.getInteger("idle", 60);
  private final Map<String, Object> found = new LinkedHashMap<>();

  /** How many Tenants, and for how many seconds nothing changes. */
  @Test
  void measure() throws Exception {
    run();
    System.out.println(new ObjectMapper().writeValueAsString(found));
  }

  private void run() throws Exception {
    prepare();
    try (var operator = Asked.start(List.of(namespace), true);
        var town = new Town(client, namespace)) {
      ripen();
      say("BotCluster", operator);
      fill(town, operator);
      idle(operator);
      edits(town, operator);
      alone(town);
      silence(town, operator);
    }
    try (var operator = Asked.start(List.of(namespace), true)) {
      var began = System.nanoTime();
      TimeUnit.SECONDS.sleep(5);
      quiet(operator);
      found.put("restart_s", (System.nanoTime() - began) / 1e9);
      idle(operator);
    }
  }

  private void prepare() {
    var meta = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
    client.resource(meta.build()).serverSideApply();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec: {domain: bots.example.com, postgres: {instances: 1}, valkey: {replicas: 1}, %s}
        """
            .formatted(
                Town.CLUSTER,
                namespace,
                Specs.STORES_ONLY.replace(
                    "seaweedfs: {enabled: false}", "seaweedfs: {enabled: true}"));
    client.resource(yaml).inNamespace(namespace).create();
  }

  private void ripen() throws InterruptedException {
    var hothouse = new Hothouse(client, namespace);
    for (var step = 0; step < 120 && !isReady(); step++) {
      hothouse.ripen();
      TimeUnit.SECONDS.sleep(1);
    }
    if (!isReady()) {
      throw new AssertionError("not ready: " + cluster().getStatus());
    }
  }

  private boolean isReady() {
    var status = cluster().getStatus();
    return status != null
        && status.conditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private BotCluster cluster() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(Town.CLUSTER).get();
  }

  private void fill(Town town, Asked operator) throws InterruptedException {
    var names = IntStream.range(0, count).mapToObj(Town::name).toList();
    var began = System.nanoTime();
    var threads = Executors.newFixedThreadPool(4);
    names.forEach(name -> threads.execute(() -> town.create(name)));
    threads.shutdown();
    threads.awaitTermination(10, TimeUnit.MINUTES);
    found.put("created_s", (System.nanoTime() - began) / 1e9);
    town.awaitReady(names);
    found.put("all_ready_s", (System.nanoTime() - began) / 1e9);
    found.put("each_ready_ms", spread(town.waits(names)));
    quiet(operator);
    say("filled", operator);
  }

  /** Until nothing has been asked for two seconds. */
  private void quiet(Asked operator) throws InterruptedException {
    var calls = new LinkedHashMap<String, Long>();
    for (var silent = 0; silent < 2; ) {
      TimeUnit.SECONDS.sleep(1);
      var counted = operator.count();
      counted
          .json()
          .get("calls")
          .properties()
          .forEach(e -> calls.merge(e.getKey(), e.getValue().asLong(), Long::sum));
      silent = counted.requests() == 0 ? silent + 1 : 0;
    }
    found.put("calls_" + found.size(), calls);
  }

  private void idle(Asked operator) throws InterruptedException {
    operator.count();
    TimeUnit.SECONDS.sleep(idle);
    var count = operator.count();
    found.put("idle_requests_" + found.size(), count.requests());
    say("idle", operator);
  }

  private void edits(Town town, Asked operator) {
    var random = new Random(1);
    var took = new ArrayList<Long>();
    operator.count();
    for (var i = 0; i < EDITS; i++) {
      var name = Town.name(random.nextInt(count));
      took.add(town.edited(name, List.of("h%d.example.org".formatted(i))));
    }
    found.put("edit_to_write_ms", spread(took.stream().sorted().toList()));
    found.put("edit_calls", operator.count().json().get("calls"));
  }

  private void alone(Town town) {
    var name = Town.name(count);
    town.create(name);
    town.awaitReady(List.of(name));
    found.put("one_more_ms", town.waits(List.of(name)).get(0));
  }

  /**
   * New logins of many, which one store does not answer: edits of the others, and what is asked.
   */
  private void silence(Town town, Asked operator) throws InterruptedException {
    operator.silence("cache");
    var failing = Math.min(count / 2, 500);
    IntStream.range(0, failing)
        .forEach(i -> town.annotate(Town.name(i), "generalbots.io/rotate", "now"));
    TimeUnit.SECONDS.sleep(20);
    operator.count();
    var began = System.nanoTime();
    var took = new ArrayList<Long>();
    for (var i = 0; i < EDITS; i++) {
      var name = Town.name(failing + i % (count - failing));
      took.add(town.edited(name, List.of("s%d.example.org".formatted(i))));
    }
    TimeUnit.SECONDS.sleep(10);
    var seconds = (System.nanoTime() - began) / 1e9;
    var counted = operator.count();
    found.put("silent_edit_ms", spread(took.stream().sorted().toList()));
    found.put(
        "silent_requests_per_tenant_s", (counted.requests() - 2.0 * EDITS) / seconds / failing);
    found.put("silent_store_requests_per_s", counted.get("unanswered") / seconds);
    operator.silence("");
    quiet(operator);
    found.put("recovered_s", (System.nanoTime() - began) / 1e9 - seconds);
  }

  private void say(String when, Asked operator) {
    var count = operator.count();
    for (var what : List.of("memory", "peak", "connections")) {
      found.put(what + "_" + when, count.get(what));
    }
    System.err.println(found);
  }

  private static Map<String, Long> spread(List<Long> sorted) {
    var spread = new LinkedHashMap<String, Long>();
    for (var part : List.of(50, 95, 99, 100)) {
      spread.put("p" + part, sorted.get(Math.min(sorted.size() - 1, sorted.size() * part / 100)));
    }
    return spread;
  }
}
