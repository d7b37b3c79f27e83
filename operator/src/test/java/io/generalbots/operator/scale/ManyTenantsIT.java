package io.generalbots.operator.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.e2e.Stage;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Secrets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * What many Tenants cost, in calls: time tells nothing on a machine that others use. The operator
 * is one of its own, before fake stores; nobody serves the BotCluster.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class ManyTenantsIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE = "e2e-kernel-scale";
  private static final int FEW = 20;
  private static final int MANY = 60;
  private static final int ALL = 80;

  /**
   * A finalizer, a seed, a registration told and told ready, three published Secrets, and what is
   * said of each; twice that, since a status may be written between any two.
   */
  private static final int MOST_CALLS = 60;

  private static Asked operator;
  private static Town town;
  private static double each;

  @BeforeAll
  static void aBotClusterThatRuns() throws IOException {
    endAll();
    new Stage(CLIENT, NAMESPACE).prepare();
    publish("demo-server", Map.of("ca.crt", "CA"));
    publish("demo-valkey", Map.of("host", "demo-valkey", "port", "6379"));
    publish("demo-s3", Map.of("host", "demo-s3", "port", "8333"));
    CLIENT.resource(cluster()).inNamespace(NAMESPACE).create();
    var status =
        """
        {"status":{"components":[
          {"name":"postgres","ready":1,"desired":1,"summary":"1/1"},
          {"name":"valkey","ready":1,"desired":1,"summary":"1/1"},
          {"name":"seaweedfs","ready":1,"desired":1,"summary":"1/1"}]}}\
        """;
    CLIENT
        .resources(BotCluster.class)
        .inNamespace(NAMESPACE)
        .withName(Town.CLUSTER)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), status);
    operator = Asked.start(List.of(NAMESPACE), false);
    town = new Town(CLIENT, NAMESPACE);
  }

  @AfterAll
  static void end() {
    endAll();
    town.close();
    operator.close();
    new Stage(CLIENT, NAMESPACE).clear();
  }

  @Test
  @Order(1)
  void aFewGetTheirPlaces() throws InterruptedException {
    operator.count();
    each = (double) fill(0, FEW) / FEW;
    assertThat(each).as("calls of the operator for each").isLessThan(MOST_CALLS);
  }

  /** What a Tenant costs does not depend on how many are there. */
  @Test
  @Order(2)
  void manyMoreCostNoMoreEach() throws InterruptedException {
    assertThat((double) fill(FEW, MANY) / (MANY - FEW)).isLessThan(each * 1.3 + 2);
  }

  @Test
  @Order(3)
  void nothingIsAskedWhileNothingChanges() throws InterruptedException {
    TimeUnit.SECONDS.sleep(10);
    assertThat(operator.count().requests()).isZero();
  }

  @Test
  @Order(4)
  void anEditConcernsOneTenant() throws InterruptedException {
    town.edited(Town.name(1), List.of("one.example.org"));
    assertThat(quiet()).isLessThan(MOST_CALLS / 4);
  }

  @Test
  @Order(5)
  void ofThoseBeforeAStoreThatDoesNotAnswerOneTries() throws InterruptedException {
    operator.silence("cache");
    IntStream.range(0, MANY - FEW)
        .forEach(i -> town.annotate(Town.name(i), "generalbots.io/rotate", "now"));
    TimeUnit.SECONDS.sleep(15);
    operator.count();
    town.edited(Town.name(MANY - 1), List.of("last.example.org"));
    TimeUnit.SECONDS.sleep(20);
    var count = operator.count();
    assertThat(count.get("unanswered")).as("tries of all of them in 20 s").isLessThan(6);
    assertThat(count.requests()).as("calls of 40 that wait, in 20 s").isLessThan(20L * 40);
    operator.silence("");
    IntStream.range(0, MANY - FEW).mapToObj(Town::name).forEach(ManyTenantsIT::awaitNewLogin);
    quiet();
  }

  @Test
  @Order(6)
  void whatOneDidByHalfTheNextOneFinishes() throws InterruptedException, IOException {
    var names = IntStream.range(MANY, ALL).mapToObj(Town::name).toList();
    names.forEach(town::create);
    town.awaitReady(names.subList(0, 1));
    replaceOperator();
    town.awaitReady(names);
    quiet();
  }

  /** It may be a while until it begins: what looks like rest has to last. */
  @Test
  @Order(7)
  void anotherOperatorComesToRestAsWell() throws InterruptedException, IOException {
    replaceOperator();
    quiet(15);
    assertThat(CLIENT.secrets().inNamespace(NAMESPACE).withLabel(Labels.TENANT).list().getItems())
        .hasSize(ALL * 5);
  }

  /** Without a word to the first. */
  private static void replaceOperator() throws InterruptedException, IOException {
    operator.kill();
    operator = Asked.start(List.of(NAMESPACE), false);
  }

  private static long fill(int from, int to) throws InterruptedException {
    var names = IntStream.range(from, to).mapToObj(Town::name).toList();
    names.forEach(town::create);
    town.awaitReady(names);
    return quiet();
  }

  /** The calls until there is none for two seconds. */
  private static long quiet() throws InterruptedException {
    return quiet(2);
  }

  /** The calls until there is none for so many seconds. */
  private static long quiet(int seconds) throws InterruptedException {
    var all = 0L;
    for (var silent = 0; silent < seconds; ) {
      TimeUnit.SECONDS.sleep(1);
      var some = operator.count().requests();
      all += some;
      silent = some == 0 ? silent + 1 : 0;
    }
    return all;
  }

  /** Who waits for long asks again after ten seconds at most. */
  private static void awaitNewLogin(String tenant) {
    CLIENT
        .secrets()
        .inNamespace(NAMESPACE)
        .withName(tenant + "-valkey")
        .waitUntilCondition(
            s -> s != null && Secrets.text(s, "username").endsWith("-b"), 1, TimeUnit.MINUTES);
  }

  private static void publish(String name, Map<String, String> values) {
    var meta =
        new ObjectMetaBuilder()
            .withName(name)
            .withLabels(Map.of(Labels.MANAGED_BY, Labels.OPERATOR, Labels.CLUSTER, Town.CLUSTER))
            .build();
    CLIENT.resource(Secrets.opaque(meta, values)).inNamespace(NAMESPACE).serverSideApply();
  }

  private static String cluster() {
    return """
    apiVersion: generalbots.io/v1alpha1
    kind: BotCluster
    metadata: {name: %s, namespace: %s}
    spec: {domain: bots.example.com, %s}
    """
        .formatted(
            Town.CLUSTER,
            NAMESPACE,
            Specs.STORES_ONLY.replace("seaweedfs: {enabled: false}, ", ""));
  }

  /** Without an operator they would stay. */
  private static void endAll() {
    var tenants = CLIENT.resources(Tenant.class).inNamespace(NAMESPACE);
    tenants.list().getItems().forEach(t -> tenants.resource(t).edit(Town::unbound));
    tenants.delete();
  }
}
