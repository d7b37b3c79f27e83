package io.generalbots.operator.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.operator.cluster.Annotations;
import io.generalbots.operator.e2e.AuditLog;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A paused BotCluster is left alone, and looked after again afterwards. */
@Timeout(120)
class PausedIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Subject SUBJECT = new Subject(CLIENT, "e2e-kernel-paused");
  private static final AuditLog LOG = AuditLog.ofNode();

  /** What the operator says, as opposed to what it does. */
  private static final Set<String> TELLING = Set.of("botclusters/status", "events");

  @BeforeAll
  static void asleep() {
    SUBJECT.begin(Subject.ASLEEP);
    SUBJECT.awaitReady(60);
  }

  @AfterAll
  static void remove() {
    SUBJECT.end();
  }

  @Test
  void nothingIsWrittenWhilePausedAndAllIsCaughtUpAfterwards() {
    SUBJECT.annotate(Annotations.PAUSED, "true");
    SUBJECT.awaitTold("Paused", "Annotation");
    var since = Instant.now();
    SUBJECT
        .the(ConfigMap.class, "demo-valkey")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"valkey.conf\":\"changed\"}}");
    SUBJECT.the(Service.class, "demo-postgres-ro").delete();
    SUBJECT.patch("{\"postgres\":{\"pooler\":{\"maxClientConnections\":777}}}");
    // The round that saw the newest spec saw the rest as well.
    SUBJECT.awaitTold("Paused", "Annotation");
    assertThat(SUBJECT.the(Service.class, "demo-postgres-ro").get()).isNull();
    assertThat(settings("demo-valkey", "valkey.conf")).isEqualTo("changed");
    assertThat(settings("demo-pooler", "pgbouncer.ini")).doesNotContain("777");
    assertThat(written(since)).isEmpty();

    SUBJECT.annotate(Annotations.PAUSED, null);
    SUBJECT.awaitTold("Paused", "NotPaused");
    SUBJECT.await(Service.class, "demo-postgres-ro", s -> true);
    SUBJECT.await(ConfigMap.class, "demo-valkey", m -> !m.getData().containsValue("changed"));
    SUBJECT.await(ConfigMap.class, "demo-pooler", m -> setting(m, "pgbouncer.ini").contains("777"));
    SUBJECT.awaitReady(60);
    assertThat(written(since)).isNotEmpty();
  }

  private static String settings(String name, String key) {
    return setting(SUBJECT.the(ConfigMap.class, name).require(), key);
  }

  private static String setting(ConfigMap map, String key) {
    return requireNonNull(map.getData().get(key), key);
  }

  private static List<AuditLog.Request> written(Instant since) {
    return LOG.of(Operator.user(CLIENT, SUBJECT.namespace())).stream()
        .filter(r -> r.isIn(SUBJECT.namespace(), since))
        .filter(r -> r.isWrite() && !TELLING.contains(r.right().resource()))
        .toList();
  }
}
