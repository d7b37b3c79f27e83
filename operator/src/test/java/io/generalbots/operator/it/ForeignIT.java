package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody else called by a name we want stays theirs, and the user hears of it. */
@Timeout(180)
class ForeignIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Subject SUBJECT = new Subject(CLIENT, "e2e-kernel-foreign");

  private static final String VOLUME = "demo-botserver-work";

  @BeforeEach
  void nothing() {
    SUBJECT.empty();
  }

  @AfterEach
  void remove() {
    SUBJECT.the(PersistentVolumeClaim.class, VOLUME).delete();
    SUBJECT.end();
  }

  @Test
  void aForeignSecretIsNeitherReadNorOverwritten() {
    isLeftAlone(
        new SecretBuilder()
            .withMetadata(named("demo-app"))
            .withStringData(Map.of("password", "theirs"))
            .build());
    SUBJECT.await(Secret.class, "demo-app", s -> s.getData().containsKey("jdbc-uri"));
  }

  @Test
  void aForeignServiceIsNotOverwritten() {
    isLeftAlone(
        new ServiceBuilder()
            .withMetadata(named("demo-pooler"))
            .withNewSpec()
            .withSelector(Map.of("app", "theirs"))
            .withPorts(new ServicePortBuilder().withPort(1234).build())
            .endSpec()
            .build());
    SUBJECT.await(Service.class, "demo-pooler", ForeignIT::isOurs);
  }

  @Test
  void aForeignConfigMapIsNotOverwritten() {
    isLeftAlone(
        new ConfigMapBuilder()
            .withMetadata(named("demo-valkey"))
            .withData(Map.of("valkey.conf", "theirs"))
            .build());
    SUBJECT.await(ConfigMap.class, "demo-valkey", ForeignIT::isOurs);
  }

  @Test
  void aForeignVolumeIsNotTakenForTheBotServers() {
    var theirs =
        CLIENT
            .resource(
                new PersistentVolumeClaimBuilder()
                    .withMetadata(named(VOLUME))
                    .withNewSpec()
                    .withAccessModes("ReadWriteOnce")
                    .withNewResources()
                    .withRequests(Map.of("storage", Quantity.parse("1Gi")))
                    .endResources()
                    .endSpec()
                    .build())
            .create();
    SUBJECT.create(Subject.ASLEEP);
    SUBJECT.patch("{\"botserver\": {\"enabled\": true, \"replicas\": 1}}");
    assertThat(SUBJECT.awaitTold("Stalled", "ObjectNotOurs").getMessage())
        .contains(Objects.ref(theirs));
    var live = SUBJECT.the(PersistentVolumeClaim.class, theirs.getMetadata().getName());
    assertThat(live.require().getSpec()).isEqualTo(theirs.getSpec());
    assertThat(live.require().getMetadata().getLabels()).isNullOrEmpty();
    live.delete();
    SUBJECT.await(PersistentVolumeClaim.class, VOLUME, ForeignIT::isOurs);
  }

  @Test
  void anObjectThatSomebodyElseControlsIsNotOverwrittenWhateverItsLabels() {
    var theirs =
        CLIENT
            .resource(new ConfigMapBuilder().withMetadata(named("theirs")).build())
            .create()
            .getMetadata();
    var labels =
        Map.of(
            Labels.MANAGED_BY, Labels.OPERATOR,
            Labels.CLUSTER, Subject.NAME,
            Labels.COMPONENT, "valkey");
    var meta =
        new ObjectMetaBuilder(named("demo-valkey"))
            .withLabels(labels)
            .addNewOwnerReference()
            .withApiVersion("v1")
            .withKind("ConfigMap")
            .withName(theirs.getName())
            .withUid(theirs.getUid())
            .withController(true)
            .endOwnerReference();
    isLeftAlone(new ConfigMapBuilder().withMetadata(meta.build()).build());
    SUBJECT.the(ConfigMap.class, "theirs").delete();
  }

  /** Untouched while it is there, and replaced by ours once it is gone. */
  private static void isLeftAlone(HasMetadata foreign) {
    var before = CLIENT.resource(foreign).create().getMetadata();
    SUBJECT.create(Subject.ASLEEP);
    var told = SUBJECT.awaitTold("Stalled", "ObjectNotOurs");
    assertThat(told.getMessage()).contains(Objects.ref(foreign));
    SUBJECT.awaitTold("Ready", "ObjectNotOurs");
    // The others are made all the same, and another round changes nothing either.
    SUBJECT.await(StatefulSet.class, "demo-postgres", s -> true);
    SUBJECT.await(StatefulSet.class, "demo-valkey", s -> true);
    SUBJECT.patch("{\"postgres\":{\"pooler\":{\"defaultPoolSize\":7}}}");
    SUBJECT.awaitTold("Stalled", "ObjectNotOurs");
    var live = SUBJECT.the(foreign.getClass(), foreign.getMetadata().getName());
    assertThat(live.require().getMetadata()).isEqualTo(before);
    live.delete();
    SUBJECT.awaitTold("Stalled", "NotStalled");
    SUBJECT.awaitReady(60);
  }

  private static ObjectMeta named(String name) {
    return new ObjectMetaBuilder().withName(name).withNamespace(SUBJECT.namespace()).build();
  }

  private static boolean isOurs(HasMetadata object) {
    return Labels.OPERATOR.equals(Objects.labels(object).get(Labels.MANAGED_BY));
  }
}
