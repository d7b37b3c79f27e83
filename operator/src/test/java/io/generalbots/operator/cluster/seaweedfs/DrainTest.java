package io.generalbots.operator.cluster.seaweedfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.operator.kernel.Wish;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No volume server goes before it is empty. */
class DrainTest {

  private static final String TWO = "{enabled: true, volumes: {replicas: 2}}";

  @Test
  void nothingIsEmptiedWhereNothingIsToGo() {
    var drain = new Drain(new Given().having(Given.set(Role.VOLUME, 3)).situation());
    assertThat(drain.replicas()).isEqualTo(3);
    assertThat(drain.objects()).isEmpty();
    assertThat(drain.underway()).isEmpty();
  }

  @Test
  void moreServersComeAtOnce() {
    var drain = new Drain(new Given().having(Given.set(Role.VOLUME, 2)).situation());
    assertThat(drain.replicas()).isEqualTo(3);
  }

  @Test
  void theLastServerStaysUntilItIsEmpty() {
    var given = new Given().seaweedfs(TWO).having(Given.set(Role.VOLUME, 3));
    assertThat(new Drain(given.situation()).replicas()).isEqualTo(3);
    given.having(Given.drain(2, 0));
    assertThat(new Drain(given.situation()).replicas()).isEqualTo(3);
    assertThat(names(new Drain(given.situation()).objects()))
        .containsExactly("demo-seaweedfs-drain-2", "demo-seaweedfs-drain");
  }

  @Test
  void anEmptyOneGoes() {
    var given = new Given().seaweedfs(TWO).having(Given.set(Role.VOLUME, 3), Given.drain(2, 1));
    assertThat(new Drain(given.situation()).replicas()).isEqualTo(2);
  }

  @Test
  void oneAfterAnother() {
    var given = new Given().seaweedfs(TWO).having(Given.set(Role.VOLUME, 5), Given.drain(4, 1));
    assertThat(new Drain(given.situation()).replicas()).isEqualTo(4);
  }

  @Test
  void whatOfAnotherServerIsEmptyCountsForNothing() {
    var given = new Given().seaweedfs(TWO).having(Given.set(Role.VOLUME, 4), Given.drain(4, 1));
    assertThat(new Drain(given.situation()).replicas()).isEqualTo(4);
  }

  @Test
  void aServerThatIsToStayAfterAllIsRestarted() {
    var given =
        new Given()
            .having(Given.set(Role.VOLUME, 3), Given.drain(2, 1))
            .having(Given.pod(Role.VOLUME, 1), Given.pod(Role.VOLUME, 2));
    assertThat(new Drain(given.situation()).revivals())
        .singleElement()
        .isInstanceOfSatisfying(
            Wish.Remove.class,
            r ->
                assertThat(r.object().getMetadata().getName())
                    .isEqualTo("demo-seaweedfs-volume-2"));
  }

  @Test
  void asleepNothingIsEmptied() {
    var given =
        new Given().spec("hibernate: true,").seaweedfs(TWO).having(Given.set(Role.VOLUME, 3));
    assertThat(new Drain(given.situation()).objects()).isEmpty();
  }

  private static List<String> names(List<HasMetadata> objects) {
    return objects.stream().map(o -> o.getMetadata().getName()).toList();
  }
}
