package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Rows on a PostgreSQL of their own, which the policy brings about. */
@Tag("REQ-SHARD-H")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(400)
class DedicatedShardsE2E {

  private static final String NAMESPACE = "e2e-shard-servers";
  private static final Duration LIMIT = ofMinutes(4);
  private static final int USERS = 100;
  private static final String SHARD = "by-user-1";

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, NAMESPACE);
  private static final Policies POLICIES = new Policies(CLIENT, NAMESPACE, "demo");

  private static final String TABLES =
      """
      SET ROLE botserver;
      CREATE TABLE message_history (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL, content text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
      INSERT INTO message_history (user_id, content)
        SELECT gen_random_uuid(), 'row' FROM generate_series(1, %d);
      """;

  @BeforeAll
  static void oneServerWithTables() {
    POSTGRES.prepareNamespace();
    POSTGRES.create(Small.POSTGRES);
    POSTGRES.awaitReady(1, ofMinutes(4));
    POSTGRES.sql(POSTGRES.primary(), TABLES.formatted(USERS));
  }

  @AfterAll
  static void remove() {
    POLICIES.deleteAll();
    CLIENT.resources(BotCluster.class).inNamespace(NAMESPACE).withName(SHARD).delete();
    POSTGRES.close();
  }

  @Test
  @Order(1)
  void anotherServerIsMadeAndGetsItsRows() {
    POLICIES.create(
        "by-user",
        "strategy: Hash, approval: Automatic, maxConcurrentMoves: 10, shards: {template:"
            + " {instances: 1, storage: {size: 1Gi}}}, hash: {count: 2}");
    POLICIES.awaitTrue("by-user", "Balanced", LIMIT);
    POLICIES.awaitTrue("by-user", "Ready", LIMIT);
    var here = count(POSTGRES.primary());
    var there = count(SHARD + "-postgres-0");
    assertThat(here + there).isEqualTo(USERS);
    assertThat(there).isBetween(USERS / 4, USERS * 3 / 4);
    assertThat(
            CLIENT
                .configMaps()
                .inNamespace(NAMESPACE)
                .withName("by-user-routing")
                .require()
                .getData()
                .get("routing.json"))
        .contains("by-user-1-pooler.%s.svc".formatted(NAMESPACE), "v1 ConsistentHash 2");
  }

  @Test
  @Order(2)
  void allRowsComeBackAndTheServerStaysForSomebodyToRemove() {
    POLICIES.patch("by-user", "{\"hash\":{\"count\":1}}");
    POLICIES.awaitTrue("by-user", "Balanced", LIMIT);
    assertThat(count(POSTGRES.primary())).isEqualTo(USERS);
    assertThat(count(SHARD + "-postgres-0")).isZero();
    POLICIES.delete("by-user");
    assertThat(CLIENT.resources(BotCluster.class).inNamespace(NAMESPACE).withName(SHARD).get())
        .isNotNull();
  }

  private static int count(String pod) {
    return Integer.parseInt(POSTGRES.sql(pod, "SELECT count(*) FROM message_history"));
  }
}
