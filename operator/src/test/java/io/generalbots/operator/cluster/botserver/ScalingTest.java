package io.generalbots.operator.cluster.botserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

/** One server migrates, and only then there are more. */
class ScalingTest {

  private static final String THREE = "botserver: {replicas: 3}";

  @Test
  void theFirstServerIsAlone() {
    assertThat(Given.spec(THREE).replicas()).isOne();
  }

  @Test
  void itIsAloneUntilItListens() {
    assertThat(running(1).having(Given.pod("a", Given.IMAGE, false)).replicas()).isOne();
    assertThat(running(1).having(Given.pod("a", Given.IMAGE, true)).replicas()).isEqualTo(3);
  }

  @Test
  void thoseThatThereAreStayWhenNoneIsReady() {
    assertThat(running(3).having(Given.pod("a", Given.IMAGE, false)).replicas()).isEqualTo(3);
  }

  @Test
  void aNewVersionAddsNoneBeforeItsFirstIsReady() {
    var newer = running(2).wishing("botserver: {replicas: 5, version: 6.4.0}");
    var old = newer.having(Given.pod("a", Given.IMAGE, true), Given.pod("b", Given.IMAGE, true));
    assertThat(old.replicas()).isEqualTo(2);
    assertThat(old.having(Given.pod("c", "botserver:6.4.0", true)).replicas()).isEqualTo(5);
  }

  @Test
  void fewerNeedNobodyToBeReady() {
    assertThat(running(3).wishing("botserver: {replicas: 2}").replicas()).isEqualTo(2);
    assertThat(running(3).wishing("botserver: {replicas: 0}").replicas()).isZero();
  }

  @Test
  void theyWakeUpAsTheyStart() {
    assertThat(running(0).replicas()).isOne();
  }

  @Test
  void theSpecsVersionIsTheDefaultImages() {
    var image = Given.spec("botserver: {version: 6.4.0}").deployment().orElseThrow();
    assertThat(image.getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
        .isEqualTo("botserver:6.4.0");
    var own = Given.spec("botserver: {image: 'mine:1'}").deployment().orElseThrow();
    assertThat(own.getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
        .isEqualTo("mine:1");
  }

  private static Given running(int replicas) {
    var given = Given.spec(THREE);
    var live =
        new DeploymentBuilder(given.deployment().orElseThrow())
            .editSpec()
            .withReplicas(replicas)
            .endSpec()
            .build();
    return given.having(live);
  }
}
