package io.generalbots.operator.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.ClusterReferences;
import io.generalbots.operator.cluster.postgres.PatroniHeartbeat;
import io.generalbots.operator.kernel.Applier;
import io.generalbots.operator.kernel.EventRecorder;
import io.generalbots.operator.kernel.Horizon;
import io.generalbots.operator.kernel.Informers;
import io.generalbots.operator.kernel.Observer;
import io.generalbots.operator.kernel.Readings;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.SharedWatches;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.reconcile.BotClusterReconciler;
import io.generalbots.operator.reconcile.ClusterLoop;
import io.generalbots.operator.reconcile.TenantLoop;
import io.generalbots.operator.reconcile.TenantReconciler;
import io.generalbots.operator.reconcile.TenantSight;
import io.javaoperatorsdk.operator.Operator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The operator in a process of its own, before fake stores. What it is asked, a word a line, it
 * answers by a line; it ends with who asks.
 */
public final class FakeOperator {

  static final String READY = "ready";

  private static final Logger QUIET = Logger.getLogger("io.fabric8");

  private final Calls calls = new Calls();
  private final SharedWatches watches =
      new SharedWatches(Labels.MANAGED_BY + "=" + Labels.OPERATOR);
  private final FakeStores stores = new FakeStores();
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(settledConfig())
          .withHttpClientBuilderConsumer(b -> b.addOrReplaceInterceptor("calls", calls))
          .build();
  private final Applier applier = new Applier(client, stores.drivers());
  private final Clock clock = Clock.systemUTC();

  /** In these namespaces; with or without BotClusters. */
  public static void main(String[] arguments) throws IOException {
    // Else every request and answer is kept to be logged.
    QUIET.setLevel(Level.WARNING);
    var operator = new FakeOperator();
    // Whoever waits for it has to hear that it does not come: watches would keep it alive.
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> end(e));
    operator.start(Set.of(arguments[0].split(",")), Boolean.parseBoolean(arguments[1]));
    Thread.setDefaultUncaughtExceptionHandler(null);
    System.out.println(READY);
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(operator.answer(line));
    }
    System.exit(0);
  }

  private static void end(Throwable cause) {
    cause.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  private void start(Set<String> namespaces, boolean clusters) {
    var operator =
        new Operator(o -> o.withKubernetesClient(client).checkingCRDAndValidateLocalModel(false));
    if (clusters) {
      operator.register(
          new BotClusterReconciler(clusterLoop()), o -> o.settingNamespaces(namespaces));
    }
    operator.register(new TenantReconciler(tenantLoop()), o -> o.settingNamespaces(namespaces));
    operator.start();
  }

  private String answer(String line) throws IOException {
    if (line.startsWith("silence")) {
      stores.silence(line.substring("silence".length()).strip());
      return line;
    }
    return json(
        Map.of(
            "calls", calls.taken(),
            "done", stores.done(),
            "unanswered", stores.unanswered(),
            "memory", kibibytes("VmRSS"),
            "peak", kibibytes("VmHWM"),
            "connections", connections()));
  }

  private ClusterLoop clusterLoop() {
    var informers = new Informers(watches, Labels.CLUSTER, new PatroniHeartbeat());
    var sights =
        new Horizon.Sights<BotCluster>(
            new ClusterReferences(),
            List.of(new Readings<>(List.of(), Duration.ofHours(1))),
            false);
    return new ClusterLoop(
        new Observer(ClusterLoop.KINDS, clock, new SecureEntropy(), settings()),
        applier,
        new EventRecorder(client, clock),
        informers,
        new Horizon<>(BotCluster.class, sights, informers));
  }

  private TenantLoop tenantLoop() {
    return new TenantLoop(
        applier,
        new EventRecorder(client, clock),
        new TenantSight(clock, new SecureEntropy(), settings()),
        new Informers(watches, Labels.TENANT, new PatroniHeartbeat()),
        new Readings<>(List.of(), Duration.ofHours(1)));
  }

  /** Read once: with a certificate the client would read the file again for every request. */
  private static Config settledConfig() {
    return new ConfigBuilder(Config.autoConfigure(null))
        .withAutoConfigure(false)
        .withRequestTimeout(60_000)
        .build();
  }

  private static Settings settings() {
    return new Settings(
        "operators",
        "cluster.local",
        Map.of(
            "postgres", "postgres:17",
            "pooler", "pooler:1",
            "valkey", "valkey:8",
            "seaweedfs", "seaweedfs:4"));
  }

  /** Of this process, as Linux counts it. */
  private static long kibibytes(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** Sockets that this process has open. */
  private static long connections() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(FakeOperator::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      // Closed since the folder was listed.
      return false;
    }
  }

  private static String json(Object value) {
    try {
      return new ObjectMapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
