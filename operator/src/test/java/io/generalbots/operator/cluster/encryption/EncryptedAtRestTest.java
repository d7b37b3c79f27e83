package io.generalbots.operator.cluster.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.generalbots.operator.golden.Numbered;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kube.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of volumes, by their StorageClasses. */
class EncryptedAtRestTest {

  private static final StorageClass PLAIN = storageClass("standard", "local.example.com", Map.of());
  private static final StorageClass ENCRYPTED =
      storageClass("vault", "ebs.csi.aws.com", Map.of("encrypted", "true"));

  @Test
  void aClassThatIsToldToEncryptIsNamedForEachStore() {
    var condition =
        condition(List.of(ENCRYPTED), claim("postgres", "vault"), claim("valkey", "vault"));
    assertThat(condition.getStatus()).isEqualTo("True");
    assertThat(condition.getMessage())
        .isEqualTo(
            "volumes of postgres (StorageClass vault: parameter encrypted of ebs.csi.aws.com),"
                + " valkey (StorageClass vault: parameter encrypted of ebs.csi.aws.com)");
  }

  @Test
  void oneVolumeThatNothingEncryptsIsEnough() {
    var condition =
        condition(
            List.of(ENCRYPTED, PLAIN), claim("postgres", "vault"), claim("valkey", "standard"));
    assertThat(condition.getStatus()).isEqualTo("False");
    assertThat(condition.getReason()).isEqualTo("NotEncrypted");
    assertThat(condition.getMessage())
        .isEqualTo("nothing encrypts the volumes of valkey (StorageClass standard)");
  }

  @Test
  void aClassThatSaysNoIsNotBelieved() {
    var off = storageClass("vault", "ebs.csi.aws.com", Map.of("encrypted", "false"));
    assertThat(condition(List.of(off), claim("postgres", "vault")).getStatus()).isEqualTo("False");
  }

  @Test
  void aClassThatIsGoneOrThatNobodyNamedEncryptsNothing() {
    assertThat(condition(List.of(), claim("postgres", "vault")).getStatus()).isEqualTo("False");
    assertThat(condition(List.of(ENCRYPTED), claim("postgres", null)).getMessage())
        .endsWith("postgres (no StorageClass)");
  }

  @Test
  void someProvidersEncryptAlways() {
    var disk = storageClass("premium", "disk.csi.azure.com", Map.of());
    assertThat(condition(List.of(disk), claim("postgres", "premium")).getMessage())
        .contains("always, by disk.csi.azure.com");
  }

  @Test
  void anAdministratorMayDeclareIt() {
    var luks = storageClass("standard", "local.example.com", Map.of());
    luks.getMetadata().setAnnotations(Map.of(VolumeEncryption.DECLARATION, "true"));
    assertThat(condition(List.of(luks), claim("postgres", "standard")).getMessage())
        .contains("declared by its annotation");
  }

  @Test
  void whatAStoreEncryptsByItselfIsSaidBesideItsVolumes() {
    var all = condition("", List.of(ENCRYPTED), claim("postgres", "vault"));
    assertThat(all.getStatus()).isEqualTo("True");
    assertThat(all.getMessage()).endsWith("aws.com; and columns written with pgcrypto)");
    var part =
        condition(
            "", List.of(PLAIN), claim("postgres", "standard"), claim("seaweedfs-volume", null));
    assertThat(part.getStatus()).isEqualTo("False");
    assertThat(part.getMessage())
        .isEqualTo(
            "nothing encrypts the volumes of postgres (StorageClass standard; only columns written"
                + " with pgcrypto), seaweedfs-volume (no StorageClass; only objects of its own"
                + " buckets, AES-256-GCM)");
  }

  @Test
  void whatIsSwitchedOffOrCannotBeIsNotSaid() {
    var off =
        "seaweedfs: {s3: {encryption: {enabled: false}}}, encryption: {databaseColumns: false}";
    var volumes = new HasMetadata[] {claim("postgres", null), claim("seaweedfs-volume", null)};
    assertThat(condition(off, List.of(), volumes).getMessage()).doesNotContain("only");
    var old = condition("postgres: {version: '16'}", List.of(), claim("postgres", null));
    assertThat(old.getMessage()).doesNotContain("pgcrypto");
  }

  @Test
  void aStoreThatEncryptsEverythingNeedsNoClass() {
    var condition = condition("", List.of(PLAIN), claim("vault", "standard"));
    assertThat(condition.getStatus()).isEqualTo("True");
    assertThat(condition.getMessage())
        .isEqualTo(
            "volumes of vault (StorageClass standard; and all of it by OpenBao, AES-256-GCM)");
  }

  @Test
  void withoutVolumesNothingIsEncrypted() {
    assertThat(condition(List.of(ENCRYPTED)).getReason()).isEqualTo("NoVolumes");
  }

  @Test
  void whoMayNotLookCannotTell() {
    var condition =
        EncryptedAtRest.condition(
            Given.cluster(""), facts(Optional.empty(), claim("postgres", "vault")));
    assertThat(condition.getStatus()).isEqualTo("Unknown");
    assertThat(condition.getMessage()).contains("storageClasses.read=true");
  }

  private static Condition condition(List<StorageClass> classes, HasMetadata... claims) {
    return condition("encryption: {databaseColumns: false}", classes, claims);
  }

  private static Condition condition(
      String spec, List<StorageClass> classes, HasMetadata... claims) {
    return EncryptedAtRest.condition(Given.cluster(spec), facts(Optional.of(classes), claims));
  }

  private static Facts facts(Optional<List<StorageClass>> classes, HasMetadata... claims) {
    return new Facts(Instant.EPOCH, new Numbered(), List.of(claims), World.SETTINGS)
        .in(new Surroundings(List.of(), Set.of(), classes));
  }

  private static StorageClass storageClass(
      String name, String provisioner, Map<String, String> parameters) {
    return new StorageClassBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withProvisioner(provisioner)
        .withParameters(parameters)
        .build();
  }

  private static HasMetadata claim(String component, @Nullable String storageClass) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName("data-demo-" + component + "-0")
        .withLabels(Map.of(Labels.COMPONENT, component))
        .endMetadata()
        .withNewSpec()
        .withStorageClassName(storageClass)
        .endSpec()
        .build();
  }
}
