package io.generalbots.operator.cluster.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.kernel.Wish;
import org.junit.jupiter.api.Test;

/** How many servers are asked for, and what happens to the primary on the way down. */
class ScalingTest {

  @Test
  void growsAtOnce() {
    var given = new Given().valkey("{replicas: 3}").servers(1).having(Given.set(1));
    assertThat(new Scaling(given.situation()).replicas()).isEqualTo(3);
  }

  @Test
  void shrinksOneByOne() {
    var given = new Given().valkey("{replicas: 1}").servers(3).having(Given.set(3), Given.ledTo(0));
    assertThat(new Scaling(given.situation()).replicas()).isEqualTo(2);
  }

  @Test
  void doesNotShrinkWhileOneIsNotReady() {
    var given =
        new Given()
            .valkey("{replicas: 1}")
            .servers(2)
            .having(Given.pod(2, Given.NEW, false), Given.set(3), Given.ledTo(0));
    assertThat(new Scaling(given.situation()).replicas()).isEqualTo(3);
  }

  @Test
  void doesNotShrinkWhileNobodyKnowsThePrimary() {
    var given = new Given().valkey("{replicas: 2}").servers(3).having(Given.set(3));
    assertThat(new Scaling(given.situation()).replicas()).isEqualTo(3);
  }

  @Test
  void neverRemovesThePrimaryButRestartsItFirst() {
    var given = new Given().valkey("{replicas: 2}").servers(3).having(Given.set(3), Given.ledTo(2));
    var scaling = new Scaling(given.situation());
    assertThat(scaling.replicas()).isEqualTo(3);
    assertThat(scaling.handOver())
        .hasValueSatisfying(
            wish ->
                assertThat(((Wish.Remove) wish).object().getMetadata().getName())
                    .isEqualTo("demo-valkey-2"));
  }

  @Test
  void countsServersThatAreNotGoneYetAsMembers() {
    var given = new Given().valkey("{replicas: 2}").servers(3).having(Given.set(2), Given.ledTo(0));
    assertThat(new Scaling(given.situation()).members()).isEqualTo(3);
  }

  @Test
  void sleepsAndWakesUpAsAWhole() {
    var asleep = new Given().hibernating().servers(3).having(Given.set(3), Given.ledTo(1));
    assertThat(new Scaling(asleep.situation()).replicas()).isZero();
    assertThat(new Scaling(asleep.situation()).members()).isEqualTo(3);
    var waking = new Given().having(Given.set(0), Given.ledTo(1));
    assertThat(new Scaling(waking.situation()).replicas()).isEqualTo(3);
  }
}
