package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.e2e.AuditLog;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A BotCluster that runs and of which nobody wants anything; then a part of it goes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class IdleIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Subject SUBJECT = new Subject(CLIENT, "e2e-kernel-idle");
  private static final AuditLog LOG = AuditLog.ofNode();
  private static final long WINDOW_SECONDS = 60;

  @BeforeAll
  static void oneOfEach() {
    SUBJECT.begin(
        """
        postgres: {instances: 1, storage: {size: 1Gi}, pooler: {instances: 1}}, \
        valkey: {replicas: 1, memory: 64Mi, persistence: {size: 1Gi}}\
        """);
    SUBJECT.awaitReady(180);
  }

  @AfterAll
  static void remove() {
    SUBJECT.end();
  }

  @Test
  @Order(1)
  void nothingIsWrittenAndNothingIsReadWhileNothingChanges() throws InterruptedException {
    Quiet.settle(CLIENT, SUBJECT.namespace());
    var before = SUBJECT.resource().require();
    var since = Instant.now();
    Quiet.await(CLIENT, SUBJECT.namespace(), WINDOW_SECONDS);
    assertThat(LOG.of(Operator.user(CLIENT, SUBJECT.namespace())))
        .filteredOn(r -> r.isIn(SUBJECT.namespace(), since))
        .allMatch(AuditLog.Request::isOfAWatch);
    assertThat(SUBJECT.resource().require()).isEqualTo(before);
  }

  @Test
  @Order(2)
  void aComponentThatIsSwitchedOffLeavesItsDataBehind() {
    var volume = SUBJECT.the(PersistentVolumeClaim.class, "data-demo-valkey-0").require();
    var password = SUBJECT.the(Secret.class, "demo-valkey").require();
    SUBJECT.patch("{\"valkey\":{\"external\":{\"address\":\"valkey:6379\"}}}");
    SUBJECT.awaitGone(StatefulSet.class, "demo-valkey");
    SUBJECT.awaitEvent("Pruned", "StatefulSet/demo-valkey");
    SUBJECT.awaitReady(60);
    assertThat(SUBJECT.the(Secret.class, "demo-valkey").require().getData())
        .containsEntry("password", password.getData().get("password"));
    SUBJECT.patch("{\"valkey\":{\"external\":null}}");
    SUBJECT.awaitReady(120);
    assertThat(
            SUBJECT
                .the(PersistentVolumeClaim.class, "data-demo-valkey-0")
                .require()
                .getMetadata()
                .getUid())
        .isEqualTo(volume.getMetadata().getUid());
  }
}
