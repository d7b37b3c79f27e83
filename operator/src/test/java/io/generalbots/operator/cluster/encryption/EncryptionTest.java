package io.generalbots.operator.cluster.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys by which data is encrypted: that they are made, and what becomes of them. */
class EncryptionTest {

  private static final Encryption ENCRYPTION = new Encryption();

  @Test
  void eachKeyHas256BitsOfItsOwn() {
    var keys = ((Secret) wish("Retain").object()).getData();
    assertThat(keys).containsOnlyKeys("data-key", "drive-key", "master-key");
    assertThat(keys.values()).doesNotHaveDuplicates();
    assertThat(EncryptionKeys.MADE)
        .allSatisfy(
            key ->
                assertThat(Secrets.text((Secret) wish("Retain").object(), key))
                    .matches("[0-9a-f]{64}"));
  }

  @Test
  void theyLiveAsLongAsTheDataDoes() {
    assertThat(wish("Retain").retained()).isTrue();
    assertThat(wish("Delete").retained()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "seaweedfs-volume"})
  void theyAreNotMadeAnewWhereDataMayBeEncryptedWithThem(String store) {
    assertThat(plan("Retain", claim(store))).isInstanceOf(Plan.Hold.class);
    assertThat(reason(claim(store))).isEqualTo("KeyLost");
    assertThat(plan("Retain", claim(store), keys("d0"))).isInstanceOf(Plan.Apply.class);
  }

  @Test
  void aStoreThatEncryptsWithoutThemNeedsNone() {
    assertThat(plan("Retain", claim("valkey"))).isInstanceOf(Plan.Apply.class);
  }

  @Test
  void whatIsThereIsSaid() {
    assertThat(reason()).isEqualTo("Creating");
    assertThat(reason(keys("d0"))).isEqualTo("Ready");
    assertThat(reason(keys(" "))).isEqualTo("KeyLost");
    assertThat(ENCRYPTION.health(cluster("Retain"), facts(keys(""))).message())
        .isEqualTo("Secret demo-encryption lacks drive-key: restore what was there");
  }

  private static Wish.Once wish(String reclaimPolicy) {
    return (Wish.Once) ((Plan.Apply) plan(reclaimPolicy)).wishes().get(0);
  }

  private static Plan plan(String reclaimPolicy, HasMetadata... owned) {
    return ENCRYPTION.plan(cluster(reclaimPolicy), facts(owned));
  }

  private static String reason(HasMetadata... owned) {
    return ENCRYPTION.health(cluster("Retain"), facts(owned)).reason();
  }

  private static Facts facts(HasMetadata... owned) {
    return new Facts(Instant.EPOCH, new SecureEntropy(), List.of(owned), World.SETTINGS);
  }

  private static Secret keys(String drive) {
    return Secrets.opaque(
        new Part("demo", "encryption").meta(),
        Map.of("drive-key", drive, "data-key", "d1", "master-key", "d2"));
  }

  private static HasMetadata claim(String component) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(new Part("demo", component).named("data-demo-" + component + "-0"))
        .build();
  }

  private static BotCluster cluster(String reclaimPolicy) {
    return Given.cluster("reclaimPolicy: " + reclaimPolicy);
  }
}
