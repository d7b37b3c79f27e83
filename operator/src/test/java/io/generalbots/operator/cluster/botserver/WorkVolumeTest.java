package io.generalbots.operator.cluster.botserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which volume the servers work on: the one they began with. */
class WorkVolumeTest {

  private static final String ONE = "botserver: {replicas: 1}";
  private static final String TWO = "botserver: {replicas: 2}";

  @Test
  void severalServersShareAVolumeAndOneHasItsOwn() {
    assertThat(modes(Given.spec(TWO))).containsExactly("ReadWriteMany");
    assertThat(modes(Given.spec(ONE))).containsExactly("ReadWriteOnce");
    assertThat(modes(Given.spec(ONE + ", autoscaling: {enabled: true}")))
        .containsExactly("ReadWriteMany");
    assertThat(
            modes(Given.spec("botserver: {replicas: 1, workVolume: {accessMode: ReadWriteMany}}")))
        .containsExactly("ReadWriteMany");
  }

  @Test
  void aVolumeOfOneNodeIsLeftBeforeTheNextServerTakesIt() {
    assertThat(strategy(Given.spec(ONE))).isEqualTo("Recreate");
    assertThat(strategy(Given.spec(TWO))).isEqualTo("RollingUpdate");
  }

  @Test
  void aVolumeInUseStaysAndKeepsThemFromBecomingSeveral() {
    var given = Given.spec(TWO).having(claim("demo-botserver-work", "ReadWriteOnce", "Bound"));
    var more = given.having(Given.pod("a", Given.IMAGE, true));
    assertThat(mounted(more)).isEqualTo("demo-botserver-work");
    assertThat(more.replicas()).isOne();
    assertThat(more.health().reason()).isEqualTo("WorkVolumeNotShared");
  }

  @Test
  void aSharedVolumeInUseStaysForOne() {
    var shared = claim("demo-botserver-work-shared", "ReadWriteMany", "Bound");
    assertThat(mounted(Given.spec(ONE).having(shared))).isEqualTo("demo-botserver-work-shared");
  }

  @Test
  void aVolumeThatNeverCameIsToldAndGivenUpWhenReverted() {
    var never = claim("demo-botserver-work-shared", "ReadWriteMany", "Pending");
    var given = Given.spec(TWO).having(never);
    assertThat(given.health().reason()).isEqualTo("WorkVolumePending");
    assertThat(given.health().message()).contains("ReadWriteMany", "botserver.replicas to 1");
    assertThat(mounted(given.wishing(ONE))).isEqualTo("demo-botserver-work");
  }

  @Test
  void noVolumeIsEverUnwished() {
    var never = claim("demo-botserver-work-shared", "ReadWriteMany", "Pending");
    var used = claim("demo-botserver-work", "ReadWriteOnce", "Bound");
    for (var spec : List.of(ONE, TWO, "botserver: {enabled: false}", "hibernate: true")) {
      var given = Given.spec(spec).having(never, used);
      assertThat(given.plan()).isInstanceOf(Plan.Apply.class);
      assertThat(given.wishes().stream().flatMap(w -> Wishes.named(w).stream()))
          .filteredOn(PersistentVolumeClaim.class::isInstance)
          .extracting(o -> o.getMetadata().getName())
          .contains("demo-botserver-work-shared", "demo-botserver-work");
    }
  }

  @Test
  void aVolumeGrows() {
    var used = claim("demo-botserver-work", "ReadWriteOnce", "Bound");
    var given = Given.spec("botserver: {replicas: 1, workVolume: {size: 9Gi}}").having(used);
    assertThat(given.wishes()).anyMatch(Wish.Amend.class::isInstance);
    assertThat(Given.spec(ONE).having(used).wishes()).noneMatch(Wish.Amend.class::isInstance);
  }

  private static List<String> modes(Given given) {
    return given.wishes().stream()
        .flatMap(w -> Wishes.object(w).stream())
        .filter(PersistentVolumeClaim.class::isInstance)
        .flatMap(o -> ((PersistentVolumeClaim) o).getSpec().getAccessModes().stream())
        .toList();
  }

  private static String strategy(Given given) {
    return given.deployment().orElseThrow().getSpec().getStrategy().getType();
  }

  private static String mounted(Given given) {
    Deployment deployment = given.deployment().orElseThrow();
    return deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
        .filter(v -> "work".equals(v.getName()))
        .findFirst()
        .orElseThrow()
        .getPersistentVolumeClaim()
        .getClaimName();
  }

  private static PersistentVolumeClaim claim(String name, String mode, String phase) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(Given.PART.named(name))
        .withNewSpec()
        .withAccessModes(mode)
        .withNewResources()
        .withRequests(Map.of("storage", new Quantity("5Gi")))
        .endResources()
        .endSpec()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }
}
