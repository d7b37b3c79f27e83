package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others do to objects of a BotCluster is undone, and what it no longer wants goes. */
@Timeout(120)
class DriftIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Subject SUBJECT = new Subject(CLIENT, "e2e-kernel-drift");
  private static final String SETTINGS = "pgbouncer.ini";

  @BeforeAll
  static void asleep() {
    SUBJECT.begin(Subject.ASLEEP);
  }

  @AfterAll
  static void remove() {
    SUBJECT.end();
  }

  @BeforeEach
  void ready() {
    SUBJECT.awaitReady(60);
  }

  @Test
  void aServiceThatLeadsElsewhereLeadsBack() {
    var before = SUBJECT.the(Service.class, "demo-pooler").require().getSpec().getSelector();
    change(Service.class, "demo-pooler", "{\"spec\":{\"selector\":{\"app\":\"other\"}}}");
    SUBJECT.await(Service.class, "demo-pooler", s -> before.equals(s.getSpec().getSelector()));
    SUBJECT.awaitEvent("Updated", "Service/demo-pooler");
  }

  @Test
  void changedSettingsAreChangedBack() {
    var before = SUBJECT.the(ConfigMap.class, "demo-pooler").require().getData();
    change(ConfigMap.class, "demo-pooler", "{\"data\":{\"%s\":\"[x]\"}}".formatted(SETTINGS));
    SUBJECT.await(ConfigMap.class, "demo-pooler", m -> before.equals(m.getData()));
    change(ConfigMap.class, "demo-pooler", "{\"data\":{\"%s\":null}}".formatted(SETTINGS));
    SUBJECT.await(ConfigMap.class, "demo-pooler", m -> before.equals(m.getData()));
    SUBJECT.awaitEvent("Updated", "ConfigMap/demo-pooler");
  }

  @Test
  void aChangedWorkloadIsChangedBack() {
    var before = template(SUBJECT.the(StatefulSet.class, "demo-postgres").require());
    change(
        StatefulSet.class,
        "demo-postgres",
        "{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":%d}}}}"
            .formatted(before + 1));
    SUBJECT.await(StatefulSet.class, "demo-postgres", s -> before == template(s));
    SUBJECT.awaitEvent("Updated", "StatefulSet/demo-postgres");
  }

  @Test
  void whatWasDeletedIsMadeAgain() {
    isMadeAgain(Service.class, "demo-postgres-rw");
    isMadeAgain(ConfigMap.class, "demo-valkey");
    isMadeAgain(StatefulSet.class, "demo-valkey");
    isMadeAgain(Secret.class, "demo-server");
    isMadeAgain(Secret.class, "demo-pooler-admin");
  }

  @Test
  void anObjectThatLostItsMarkIsStillOurs() {
    change(
        Service.class,
        "demo-postgres-ro",
        "{\"metadata\":{\"labels\":{\"%s\":null}}}".formatted(Labels.MANAGED_BY));
    SUBJECT.await(
        Service.class,
        "demo-postgres-ro",
        s -> Labels.OPERATOR.equals(Objects.labels(s).get(Labels.MANAGED_BY)));
    assertThat(SUBJECT.resource().require().getStatus().conditions())
        .filteredOn(c -> "Stalled".equals(c.getType()))
        .allMatch(c -> "False".equals(c.getStatus()));
  }

  @Test
  void anObjectThatLostItsOwnerIsOwnedAgain() {
    change(Service.class, "demo-postgres-r", "{\"metadata\":{\"ownerReferences\":null}}");
    SUBJECT.await(
        Service.class, "demo-postgres-r", s -> s.getMetadata().getOwnerReferences().size() == 1);
  }

  @Test
  void whatIsSwitchedOffGoesAndComesBack() {
    SUBJECT.patch("{\"postgres\":{\"pooler\":{\"enabled\":false}}}");
    SUBJECT.awaitGone(Deployment.class, "demo-pooler");
    SUBJECT.awaitGone(Service.class, "demo-pooler");
    SUBJECT.awaitGone(ConfigMap.class, "demo-pooler");
    SUBJECT.awaitGone(ServiceAccount.class, "demo-pooler");
    SUBJECT.awaitEvent("Pruned", "Deployment/demo-pooler");
    SUBJECT.awaitReady(30);
    assertThat(SUBJECT.the(StatefulSet.class, "demo-postgres").get()).isNotNull();
    SUBJECT.patch("{\"postgres\":{\"pooler\":{\"enabled\":true}}}");
    SUBJECT.await(Deployment.class, "demo-pooler", d -> true);
    SUBJECT.await(Service.class, "demo-pooler", s -> true);
  }

  private static void isMadeAgain(Class<? extends HasMetadata> kind, String name) {
    var former = SUBJECT.the(kind, name).require().getMetadata().getUid();
    SUBJECT.the(kind, name).delete();
    SUBJECT.await(kind, name, o -> !former.equals(o.getMetadata().getUid()));
    SUBJECT.awaitEvent("Created", kind.getSimpleName() + "/" + name);
  }

  private static void change(Class<? extends HasMetadata> kind, String name, String patch) {
    SUBJECT.the(kind, name).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private static long template(StatefulSet set) {
    return set.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds();
  }
}
