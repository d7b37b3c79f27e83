package io.generalbots.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.cluster.ClusterReferences;
import io.generalbots.operator.cluster.volumes.Claim;
import io.generalbots.operator.cluster.volumes.Disk;
import io.generalbots.operator.cluster.volumes.Fill;
import io.generalbots.operator.cluster.volumes.VolumesSeen;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever may have autoGrow grows by it. */
class GrownVolumesTest {

  private static final String GROW = "storage: {size: 20Gi, autoGrow: {maxSize: 90Gi}}";

  private static final BotCluster CLUSTER =
      Specs.cluster(
          """
          profile: Minimal, postgres: {%1$s}, qdrant: {enabled: true, %1$s},
          vault: {mode: Managed, %1$s}, gateway: {enabled: false}, botserver: {enabled: false},
          seaweedfs: {enabled: true, volumes: {%1$s}, filers: {store: Embedded, replicas: 1, %1$s}},
          directory: {mode: Disabled}
          """
              .formatted(GROW)
              .replace("\n", " "));

  @Test
  void everyFullVolumeGrowsAndRemembersWhatItHad() {
    var claims = Disk.of(CLUSTER).stream().map(GrownVolumesTest::claim).toList();
    assertThat(claims).hasSize(5);
    assertThat(grown(claims, 85))
        .containsExactlyInAnyOrderElementsOf(
            claims.stream().map(c -> c.getMetadata().getName()).toList());
    assertThat(grown(claims, 79)).isEmpty();
  }

  /** The names of those that grow. */
  private static List<String> grown(List<PersistentVolumeClaim> claims, int percent) {
    var store = new Store();
    var world = new World(CLUSTER, store, new Repeating(), World.Deeds.NONE);
    for (var round = 0; round < World.ROUNDS; round++) {
      world.round(Instant.EPOCH);
    }
    claims.forEach(store::put);
    var facts = world.facts(Instant.EPOCH).in(seen(claims, percent));
    return ClusterBlueprint.plan(CLUSTER, facts).values().stream()
        .filter(Plan.Apply.class::isInstance)
        .flatMap(plan -> ((Plan.Apply) plan).wishes().stream())
        .filter(Wish.Amend.class::isInstance)
        .map(wish -> ((Wish.Amend) wish).object())
        .filter(PersistentVolumeClaim.class::isInstance)
        .peek(GrownVolumesTest::isAStepFurther)
        .map(claim -> claim.getMetadata().getName())
        .toList();
  }

  private static void isAStepFurther(HasMetadata grown) {
    assertThat(new Claim((PersistentVolumeClaim) grown).request()).hasToString("24Gi");
    assertThat(grown.getMetadata().getAnnotations())
        .containsEntry(Claim.GROWN_BEYOND, Long.toString((19L << 30) + (2L << 30)));
  }

  private static Surroundings seen(List<PersistentVolumeClaim> claims, int percent) {
    Map<String, Fill> fills =
        claims.stream()
            .map(claim -> claim.getMetadata().getName())
            .collect(
                Collectors.toMap(Function.identity(), n -> new Fill(percent, false, 19L << 30)));
    return new Surroundings(
        List.of(),
        new ClusterReferences().allKinds(),
        Optional.empty(),
        Set.of(new VolumesSeen(fills, List.of(), List.of())));
  }

  private static PersistentVolumeClaim claim(Disk disk) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(disk.part().named("data-" + disk.part().name("0")))
        .withNewSpec()
        .withNewResources()
        .addToRequests("storage", new Quantity("20Gi"))
        .endResources()
        .endSpec()
        .withNewStatus()
        .withPhase("Bound")
        .addToCapacity("storage", new Quantity("20Gi"))
        .endStatus()
        .build();
  }
}
