package io.generalbots.operator.tenant.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.operator.golden.Case;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.residents.Cells;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever runs in a Cell has a name that Kubernetes takes, also that of the longest Tenant. */
class CellNamesTest {

  private static final int LONGEST = 63;

  /** StatefulSets write a label with their name, a dash and ten letters. */
  private static final int REVISION = 11;

  private static final int MORE = Cells.name("x".repeat(Cells.LONGEST_TENANT)).length() - 4;

  static List<Case> cases() {
    return Case.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyNameHasRoom(Case given) {
    assertThat(World.settled(given))
        .allSatisfy(
            object -> {
              var length = object.getMetadata().getName().length() + MORE;
              assertThat(object instanceof StatefulSet ? length + REVISION : length)
                  .as(object.getMetadata().getName())
                  .isLessThanOrEqualTo(LONGEST);
            });
  }
}
