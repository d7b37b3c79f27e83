package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a deleted BotCluster leaves behind, and how soon its pods are gone. */
@Timeout(300)
@Thorough
class DeletionE2E {

  private static final String TWO = "{instances: 2, storage: {size: 1Gi}, pooler: {instances: 1}}";
  private static final Duration LIMIT = ofMinutes(3);
  private static final Duration STOP_LIMIT = ofMinutes(1);
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, "e2e-deletion");

  @BeforeEach
  void nothing() {
    POSTGRES.prepareNamespace();
  }

  @AfterEach
  void remove() {
    POSTGRES.close();
  }

  @Test
  void withDeleteNothingIsLeft() {
    POSTGRES.create(TWO, "Delete");
    POSTGRES.awaitReady(2, LIMIT);
    var candidate = POSTGRES.withRole("replica").get(0);
    POSTGRES.annotate("generalbots.io/switchover", candidate);
    POSTGRES.awaitPrimary(candidate, LIMIT);
    POSTGRES.awaitReady(2, LIMIT);
    deleteInTime();
    POSTGRES.awaitNothingLeft();
  }

  @Test
  void thePolicyAtTheEndDecides() {
    POSTGRES.create(TWO);
    POSTGRES.awaitReady(2, LIMIT);
    POSTGRES.patch("{\"reclaimPolicy\":\"Delete\"}");
    POSTGRES.awaitReady(2, LIMIT);
    deleteInTime();
    POSTGRES.awaitNothingLeft();
  }

  @Test
  void withRetainALaterClusterFindsDataAndCredentials() {
    POSTGRES.create(TWO, "Delete");
    POSTGRES.awaitReady(2, LIMIT);
    POSTGRES.sql(POSTGRES.primary(), "CREATE TABLE treasure AS SELECT generate_series(1, 10) n");
    var password = POSTGRES.secret("-app").getData().get("password");
    POSTGRES.patch("{\"reclaimPolicy\":\"Retain\"}");
    POSTGRES.awaitReady(2, LIMIT);
    deleteInTime();
    POSTGRES.create(TWO);
    POSTGRES.awaitReady(2, LIMIT);
    assertThat(POSTGRES.secret("-app").getData()).containsEntry("password", password);
    assertThat(POSTGRES.sql(POSTGRES.primary(), "SELECT count(*) FROM treasure")).isEqualTo("10");
  }

  private static void deleteInTime() {
    var began = Instant.now();
    POSTGRES.delete();
    assertThat(Duration.between(began, Instant.now())).isLessThan(STOP_LIMIT);
  }
}
