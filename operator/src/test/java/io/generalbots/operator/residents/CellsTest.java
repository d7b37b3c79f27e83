package io.generalbots.operator.residents;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.tenant.place.Tenants;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By what a Cell is known. */
class CellsTest {

  @Test
  void itsNameSaysWhoseItWouldBe() {
    assertThat(Cells.tenant(Cells.name("acme"))).contains("acme");
    assertThat(Cells.tenant("demo")).isEmpty();
    assertThat(Cells.tenant("-cell")).isEmpty();
  }

  /** A name alone is none: people may call their BotCluster so. */
  @Test
  void eitherMarkTellsIt() {
    assertThat(Cells.isOne(cluster())).isFalse();
    var labelled = cluster();
    labelled.getMetadata().setLabels(Map.of("generalbots.io/tenant", "acme"));
    assertThat(Cells.isOne(labelled)).isTrue();
    var owned = cluster();
    owned
        .getMetadata()
        .setOwnerReferences(
            List.of(new OwnerReferenceBuilder().withKind("Tenant").withName("acme").build()));
    assertThat(Cells.isOne(owned)).isTrue();
  }

  private static BotCluster cluster() {
    return Tenants.cluster("profile: Minimal");
  }
}
