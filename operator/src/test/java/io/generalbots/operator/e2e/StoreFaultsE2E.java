package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kernel.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A store whose server hangs: it takes connections and answers none. That is told of this store and
 * of no other, and forgotten when it goes on.
 */
@Timeout(300)
class StoreFaultsE2E {

  private static final String NAMESPACE = "e2e-store-faults";
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Stage STAGE = new Stage(CLIENT, NAMESPACE);
  private static final Shell SHELL = new Shell(CLIENT, NAMESPACE);

  private static final List<String> STORES =
      List.of("PostgresReady", "PoolerReady", "ValkeyReady", "VaultReady", "SeaweedfsReady");

  /** Probes ask every few seconds, and more than once before they believe it. */
  private static final double SECONDS = 30;

  private static final double SECONDS_IF_BUSY = 60;

  /** Every process of a name, in a container that has no tools for it. */
  private static final String SIGNAL =
      "for p in /proc/[0-9]*; do if [[ $(cat $p/comm 2>/dev/null) == %s ]]; then"
          + " kill -%s ${p#/proc/}; fi; done";

  private static final String SMALL =
      "{requests: {cpu: 10m, memory: 48Mi}, limits: {memory: 512Mi}}";

  private static final String YAML =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: BotCluster
      metadata: {name: demo, namespace: %1$s}
      spec:
        domain: bots.example.com
        %2$s
        reclaimPolicy: Delete
        postgres: {instances: 1, storage: {size: 1Gi}, pooler: {instances: 1}}
        valkey: {replicas: 1, memory: 64Mi, persistence: {mode: Disabled}}
        vault: {mode: Managed, replicas: 1, storage: {size: 256Mi}}
        seaweedfs:
          masters: 1
          volumes: {replicas: 1, replication: "000", storage: {size: 1Gi}, resources: %3$s}
          filers: {replicas: 1, resources: %3$s}
          s3: {replicas: 1, resources: %3$s}
      """;

  @BeforeAll
  static void oneOfEach() {
    STAGE.prepare();
    var yaml = YAML.formatted(NAMESPACE, Specs.storesAnd("seaweedfs", "  "), SMALL);
    CLIENT.resource(yaml).inNamespace(NAMESPACE).create();
    await(c -> STORES.stream().allMatch(s -> isTrue(c, s)), ofMinutes(4));
  }

  @AfterAll
  static void remove() {
    STAGE.clear();
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, patroni, PostgresReady",
    "valkey, valkey-server, ValkeyReady",
    "vault, bao, VaultReady",
    "s3, weed, SeaweedfsReady",
  })
  void aServerThatHangsIsToldOfItsStoreAlone(String component, String process, String condition) {
    await(c -> STORES.stream().allMatch(s -> isTrue(c, s)), ofMinutes(2));
    var before = others(condition);
    var pod = pod(component);
    var told = after(pod, SIGNAL.formatted(process, "STOP"), c -> !isTrue(c, condition));
    var message = condition(get(), condition).getMessage();
    var well = after(pod, SIGNAL.formatted(process, "CONT"), c -> isTrue(c, condition));
    System.out.printf(
        "%s hangs: told after %d ms (%s), well again after %d ms%n",
        component, told.toMillis(), message, well.toMillis());
    assertThat(others(condition)).isEqualTo(before);
    Machine.assertWithin(told.toMillis() / 1000.0, SECONDS, SECONDS_IF_BUSY);
    Machine.assertWithin(well.toMillis() / 1000.0, SECONDS, SECONDS_IF_BUSY);
  }

  /** How long it takes from the beginning of this command until this is told. */
  private static Duration after(String pod, String command, Predicate<BotCluster> condition) {
    var began = Instant.now();
    SHELL.run(pod, command);
    await(condition, ofMinutes(2));
    return Duration.between(began, Instant.now());
  }

  /** Since when each of the other stores is as it is; a pooler may miss its only server. */
  private static Map<String, String> others(String condition) {
    return get().getStatus().conditions().stream()
        .filter(c -> STORES.contains(c.getType()) && !"PoolerReady".equals(c.getType()))
        .filter(c -> !condition.equals(c.getType()))
        .collect(toMap(Condition::getType, c -> c.getStatus() + c.getLastTransitionTime()));
  }

  private static String pod(String component) {
    return CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("generalbots.io/component", component)
        .list()
        .getItems()
        .get(0)
        .getMetadata()
        .getName();
  }

  private static Condition condition(BotCluster cluster, String type) {
    return cluster.getStatus().conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isTrue(BotCluster cluster, String type) {
    return cluster.getStatus() != null && Conditions.isTrue(cluster.getStatus().conditions(), type);
  }

  private static BotCluster get() {
    return resource().require();
  }

  private static void await(Predicate<BotCluster> condition, Duration limit) {
    resource()
        .waitUntilCondition(
            c -> c != null && condition.test(c), limit.toSeconds(), TimeUnit.SECONDS);
  }

  private static Resource<BotCluster> resource() {
    return CLIENT.resources(BotCluster.class).inNamespace(NAMESPACE).withName("demo");
  }
}
