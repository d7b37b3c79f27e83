package io.generalbots.operator.cluster.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a key takes the place of another while clients use both. */
class KeysTest {

  private static final String ROTATE = "generalbots.io/rotate";

  @Test
  void theFirstKeyIsLongEnoughAndStays() {
    var given = running();
    var secret = Secrets.text(given.wished(Secret.class, "demo-livekit"), "api-secret");
    assertThat(secret).hasSizeGreaterThanOrEqualTo(32);
    assertThat(given.round().told()).isEqualTo(given.round().told()).startsWith("API");
    assertThat(given.accepted()).contains(given.told(), secret);
  }

  @Test
  void clientsAreToldOfANewKeyWhenAllServersKnowIt() {
    var given = running();
    var former = given.told();
    given.annotated(ROTATE, "1").round();
    assertThat(given.told()).as("it is not known to any server").isEqualTo(former);
    given.round().outdated();
    assertThat(given.accepted()).contains(former, newest(given));
    assertThat(given.told()).as("some servers do not know it").isEqualTo(former);
    given.servers(2);
    assertThat(given.told()).isNotEqualTo(former).isEqualTo(newest(given));
  }

  @Test
  void theFormerKeyGoesWhenItsTimeIsOver() {
    var given = running();
    var former = given.told();
    given.annotated(ROTATE, "1").round().round().servers(2).round();
    assertThat(given.after(99).round().accepted()).contains(former);
    assertThat(given.keys().retirement()).isPresent();
    given.after(1).round();
    assertThat(given.accepted()).doesNotContain(former).contains(given.told());
    assertThat(given.round().keys().retirement()).isEmpty();
  }

  @Test
  void theTimeOfGraceBeginsWhenClientsAreTold() {
    var given = running();
    var former = given.told();
    given.annotated(ROTATE, "1").round().round().outdated();
    given.after(1000).round();
    given.servers(2).round();
    assertThat(given.after(99).round().accepted()).contains(former);
  }

  @Test
  void withoutTheAnnotationTheKeyStaysTheOneThatIsTold() {
    var given = running().annotated(ROTATE, "1").round().round().servers(2).round();
    var told = given.told();
    given.after(200).round().servers(2).round();
    given.annotated(ROTATE, "1").annotated("other", "x");
    assertThat(given.round().told()).isEqualTo(told);
    var later = given.unannotated(ROTATE).round();
    assertThat(later.told()).isEqualTo(told);
    assertThat(later.accepted()).contains(told);
  }

  @Test
  void aLostKeyIsMadeOfWhatClientsKnow() {
    var given = running();
    var told = given.told();
    given.without("Secret/demo-livekit-key-first");
    assertThat(given.round().told()).isEqualTo(told);
    assertThat(given.accepted()).contains(told);
  }

  @Test
  void aKeyThatSomebodyEmptiedIsMadeAnew() {
    var given = running();
    var told = given.told();
    var empty = given.wished(Secret.class, "demo-livekit-key-first");
    empty.setData(Map.of());
    given.having(empty).round().round();
    assertThat(given.told()).isEqualTo(told);
    assertThat(given.accepted()).contains(told);
  }

  @Test
  void aFormerKeyIsTakenUpAgain() {
    var given = running().annotated(ROTATE, "a").round().round().servers(2).round();
    var first = given.told();
    given.annotated(ROTATE, "b").round().round().servers(2).round();
    assertThat(given.told()).isNotEqualTo(first);
    given.annotated(ROTATE, "a").round().servers(2).round();
    assertThat(given.told()).isEqualTo(first);
  }

  private static Given running() {
    return Given.livekit("{enabled: true, keyGraceSeconds: 100}").round().servers(2).round();
  }

  private static String newest(Given given) {
    var wished = given.keys().wishes();
    return Secrets.text((Secret) Wishes.object(wished.get(0)).orElseThrow(), "api-key");
  }
}
