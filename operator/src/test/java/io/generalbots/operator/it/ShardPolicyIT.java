package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.e2e.AuditLog;
import io.generalbots.operator.e2e.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Policies of a BotCluster that sleeps: who waits for what, and who is woken. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class ShardPolicyIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE = "e2e-kernel-policy";
  private static final Subject SUBJECT = new Subject(CLIENT, NAMESPACE);
  private static final Policies POLICIES = new Policies(CLIENT, NAMESPACE, Subject.NAME);
  private static final AuditLog LOG = AuditLog.ofNode();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long WINDOW_SECONDS = 25;
  private static final String TIME =
      "strategy: Time, time: {tables: [{name: message_history, column: created_at}]}";

  @BeforeAll
  static void nothing() {
    POLICIES.deleteAll();
    SUBJECT.empty();
  }

  @AfterAll
  static void remove() {
    POLICIES.deleteAll();
    SUBJECT.end();
  }

  @Test
  @Order(1)
  void itWaitsForItsBotClusterAndIsWokenWhenThatIsThere() {
    POLICIES.create("by-month", TIME);
    await("by-month", "Ready", "ClusterNotFound");
    SUBJECT.create(Subject.ASLEEP);
    await("by-month", "Ready", "DatabaseNotReady");
  }

  @Test
  @Order(2)
  void whatAnotherHasIsLeftToItUntilThatGoes() {
    awaitYoungerThan("by-month");
    POLICIES.create("second", TIME);
    await("second", "Stalled", "TableTaken");
    POLICIES.delete("by-month");
    await("second", "Ready", "DatabaseNotReady");
  }

  /** Of two that came in the same second nobody can say which is the first. */
  @Test
  @Order(3)
  void anEditIsAnsweredAndLetsAnotherHaveWhatItGaveUp() {
    POLICIES.create("third", TIME);
    POLICIES.patch(
        "second", "{\"time\":{\"tables\":[{\"name\":\"llm_traces\",\"column\":\"at\"}]}}");
    await("second", "Ready", "DatabaseNotReady");
    await("third", "Ready", "DatabaseNotReady");
  }

  @Test
  @Order(4)
  void whatCannotBeIsSaidWithTheReason() {
    POLICIES.create("by-tenant", "strategy: Tenant, tenant: {}, shards: {dedicated: false}");
    await("by-tenant", "Stalled", "ShardsNotDedicated");
  }

  @Test
  @Order(5)
  void nothingIsWrittenAndNothingIsReadWhileNothingChanges() throws InterruptedException {
    Quiet.settle(CLIENT, NAMESPACE);
    var before = all();
    var since = Instant.now();
    Quiet.await(CLIENT, NAMESPACE, WINDOW_SECONDS);
    assertThat(LOG.of(Operator.user(CLIENT, NAMESPACE)))
        .filteredOn(r -> r.isIn(NAMESPACE, since))
        .allMatch(AuditLog.Request::isOfAWatch);
    assertThat(all()).isEqualTo(before);
  }

  /** Kubernetes tells ages in whole seconds. */
  private static void awaitYoungerThan(String name) {
    var policies = CLIENT.resources(ShardPolicy.class).inNamespace(NAMESPACE);
    var created =
        Instant.parse(policies.withName(name).require().getMetadata().getCreationTimestamp());
    while (Instant.now().isBefore(created.plusSeconds(2))) {
      Thread.onSpinWait();
    }
  }

  private static List<ShardPolicy> all() {
    return CLIENT.resources(ShardPolicy.class).inNamespace(NAMESPACE).list().getItems();
  }

  private static Condition await(String policy, String type, String reason) {
    return POLICIES.await(policy, type, c -> reason.equals(c.getReason()), LIMIT);
  }
}
