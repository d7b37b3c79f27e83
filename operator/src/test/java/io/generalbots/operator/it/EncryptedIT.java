package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.generalbots.operator.kube.Labels;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of encryption follows the StorageClasses as they come, change and go. */
@Timeout(180)
class EncryptedIT {

  private static final String TYPE = "EncryptedAtRest";
  private static final String CLASS = "e2e-kernel-encrypted";
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Subject SUBJECT = new Subject(CLIENT, "e2e-kernel-encrypted");

  @BeforeAll
  static void begin() {
    storageClass().delete();
    SUBJECT.begin(Subject.ASLEEP);
  }

  @AfterAll
  static void end() {
    SUBJECT.end();
    storageClass().delete();
  }

  @Test
  void itFollowsTheStorageClass() {
    SUBJECT.awaitTold(TYPE, "NoVolumes");
    CLIENT.resource(claim()).create();
    var plain = SUBJECT.awaitTold(TYPE, "NotEncrypted");
    assertThat(plain.getMessage()).contains("postgres (StorageClass " + CLASS + "; only columns");
    CLIENT.resource(encrypting()).create();
    var encrypted = SUBJECT.awaitTold(TYPE, "StorageClass");
    assertThat(encrypted.getStatus()).isEqualTo("True");
    assertThat(encrypted.getMessage()).contains("parameter encrypted of example.com/nobody");
    storageClass().delete();
    SUBJECT.awaitTold(TYPE, "NotEncrypted");
  }

  /** A volume of a server, as its StatefulSet would have claimed it. */
  private static PersistentVolumeClaim claim() {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName("data-demo-postgres-0")
        .withNamespace(SUBJECT.namespace())
        .withLabels(
            Map.of(
                Labels.MANAGED_BY, Labels.OPERATOR,
                Labels.CLUSTER, Subject.NAME,
                Labels.COMPONENT, "postgres"))
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(CLASS)
        .withNewResources()
        .addToRequests("storage", new Quantity("20Gi"))
        .endResources()
        .endSpec()
        .build();
  }

  /** Nobody provides its volumes. */
  private static StorageClass encrypting() {
    return new StorageClassBuilder()
        .withNewMetadata()
        .withName(CLASS)
        .endMetadata()
        .withProvisioner("example.com/nobody")
        .withParameters(Map.of("encrypted", "true"))
        .build();
  }

  private static Resource<StorageClass> storageClass() {
    return CLIENT.storage().v1().storageClasses().withName(CLASS);
  }
}
