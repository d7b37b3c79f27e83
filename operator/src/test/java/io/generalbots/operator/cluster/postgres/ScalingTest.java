package io.generalbots.operator.cluster.postgres;

import static io.generalbots.operator.cluster.postgres.Server.primary;
import static io.generalbots.operator.cluster.postgres.Server.replica;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many servers the StatefulSet is told to have. */
class ScalingTest {

  private static int replicas(Given given) {
    return Scaling.of(given.situation()).replicas();
  }

  @Test
  void growsAtOnce() {
    var given = new Given().postgres("{instances: 3}").servers(primary(0));
    assertThat(replicas(given)).isEqualTo(3);
    assertThat(given.deeds()).isEmpty();
  }

  @Test
  void shrinksAtOnceWhenThePrimaryStays() {
    var given = new Given().postgres("{instances: 2}").servers(replica(0), primary(1), replica(2));
    assertThat(replicas(given)).isEqualTo(2);
    assertThat(given.deeds()).isEmpty();
  }

  @Test
  void movesThePrimaryToAServerThatStaysBeforeItShrinks() {
    var given = new Given().postgres("{instances: 2}").servers(replica(0), replica(1), primary(2));
    assertThat(replicas(given)).isEqualTo(3);
    assertThat(given.deeds()).containsExactly("switch demo-postgres-2 to demo-postgres-0");
  }

  @Test
  void neverMovesThePrimaryToAServerThatGoes() {
    var given =
        new Given()
            .postgres("{instances: 1, synchronous: {mode: Disabled}}")
            .servers(replica(0).behindBy(900), replica(1), primary(2));
    assertThat(given.deeds()).containsExactly("switch demo-postgres-2 to demo-postgres-0");
  }

  @Test
  void waitsWhileNoPrimaryIsKnown() {
    var given = new Given().postgres("{instances: 2}").servers(replica(0), replica(1), replica(2));
    assertThat(replicas(given)).isEqualTo(3);
    assertThat(PostgresHealth.of(given.situation()).reason()).isEqualTo("NoPrimary");
  }

  @Test
  void takesNoPodAwayWhenTheStatefulSetIsReplaced() {
    var given =
        new Given()
            .postgres("{instances: 2}")
            .having(replica(0).pod(), replica(1).pod(), primary(2).pod());
    assertThat(replicas(given)).isEqualTo(3);
  }

  @Test
  void stopsAllServersToHibernate() {
    var given = new Given().spec("hibernate: true").servers(replica(0), primary(1), replica(2));
    assertThat(replicas(given)).isZero();
    assertThat(given.deeds()).isEmpty();
    assertThat(PostgresHealth.of(given.situation()).reason()).isEqualTo("Hibernating");
  }

  @Test
  void restartsNothingWhileTheNumberChanges() {
    var given =
        new Given()
            .postgres("{instances: 2}")
            .servers(replica(0).outdated(), primary(1), replica(2).outdated());
    assertThat(given.deeds()).isEmpty();
  }
}
