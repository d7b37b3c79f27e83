package io.generalbots.operator.tenant.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.tenant.place.Tenants;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which volumes of a Cell grow by themselves. */
class CellDisksTest {

  @Test
  void aVolumeWithALimitDoesNotGrowBeyondItAndOthersGrowAsThoseOfTheBotCluster() {
    var grow = "storage: {size: 1Gi, autoGrow: {maxSize: 20Gi}}";
    var parent = Tenants.cluster("postgres: {%1$s}, qdrant: {%1$s}".formatted(grow));
    var large = Tenants.cluster("qdrant: {storage: {size: 30Gi}}");
    var tenant = Tenants.tenant("team", "acme", 1, "isolation: Cell, limits: {databaseSize: 5Gi}");
    var former = new CellSpec(large, tenant, List.of(), Optional.empty()).spec();
    var spec = new CellSpec(parent, tenant, List.of(), Optional.of(former)).spec();
    assertThat(spec.postgres().storage().autoGrow()).isNull();
    assertThat(spec.qdrant().storage().size()).hasToString("30Gi");
    var most = Objects.requireNonNull(spec.qdrant().storage().autoGrow()).maxSize();
    assertThat(most).hasToString("30Gi");
  }
}
