package io.generalbots.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.reconcile.TenantLoop;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for everything that is ever made for a Tenant. */
class TenantLawsTest {

  private static final int MOST_WRITES = 20;

  static List<TenantCase> cases() {
    return TenantCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void planningTwiceGivesTheSame(TenantCase given) {
    assertThat(new TenantWorld(given).settle().text())
        .isEqualTo(new TenantWorld(given).settle().text());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itSettlesAndCostsNothingThen(TenantCase given) {
    var world = new TenantWorld(given).settle();
    var before = world.deeds();
    world.round();
    assertThat(world.deeds()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itSettlesTheSameWhereverTheOperatorEnds(TenantCase given) {
    var expected = new TenantWorld(given).settle().likeness();
    for (var writes = 1; writes <= MOST_WRITES; writes++) {
      var world = new TenantWorld(given).cutAfter(writes);
      world.round();
      assertThat(world.settle().settle().likeness())
          .as("after %d writes", writes)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsAtHomeGoesWithTheTenant(TenantCase given) {
    var world = new TenantWorld(given).settle();
    var stamp = TenantLoop.home(world.tenant());
    assertThat(world.home())
        .allSatisfy(
            object -> {
              assertThat(stamp.isOwned(object)).isEqualTo(!isKept(object));
              assertThat(object.getMetadata().getNamespace()).isEqualTo(stamp.namespace());
              assertThat(Objects.labels(object))
                  .containsAllEntriesOf(stamp.labels())
                  .containsKey(Labels.COMPONENT)
                  .doesNotContainKey(Labels.CLUSTER);
            });
  }

  /** A volume stays, as the policy of every case says. */
  private static boolean isKept(HasMetadata object) {
    return object instanceof PersistentVolumeClaim;
  }

  /** Labels tell whose it is: all Tenants of a BotCluster write there under the same owner. */
  @ParameterizedTest
  @MethodSource("cases")
  void whatIsAbroadGoesWithTheBotClusterWhichDoesNotControlIt(TenantCase given) {
    var world = new TenantWorld(given).settle();
    assertThat(world.abroad())
        .allSatisfy(
            object -> {
              var stamp = TenantLoop.abroad(world.tenant(), given.cluster().orElseThrow());
              assertThat(stamp.isOwned(object)).isTrue();
              assertThat(object.getMetadata().getOwnerReferences())
                  .noneMatch(r -> Boolean.TRUE.equals(r.getController()));
              assertThat(object.getMetadata().getNamespace()).isEqualTo(stamp.namespace());
              assertThat(Objects.labels(object))
                  .containsAllEntriesOf(stamp.labels())
                  .extractingByKey(Labels.COMPONENT)
                  .isIn(Registration.COMPONENT, Remains.COMPONENT);
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noSecretIsOutsideOfSecrets(TenantCase given) {
    var world = new TenantWorld(given).settle();
    var secrets =
        Stream.concat(world.home().stream(), world.abroad().stream())
            .flatMap(TenantLawsTest::secrets)
            .flatMap(TenantLawsTest::forms)
            .toList();
    assertThat(world.told()).noneMatch(text -> secrets.stream().anyMatch(text::contains));
  }

  private static Stream<String> secrets(HasMetadata object) {
    return object instanceof Secret secret ? secrets(secret) : Stream.empty();
  }

  private static Stream<String> secrets(Secret secret) {
    var registered =
        Registration.of(secret).stream()
            .flatMap(r -> Stream.concat(r.drive().stream(), r.cache().stream()))
            .map(Login::secret);
    var own =
        Stream.of("password", "seed", "token", "jwt-secret").map(key -> Secrets.text(secret, key));
    return Stream.concat(registered, own).filter(text -> !text.isEmpty());
  }

  private static Stream<String> forms(String secret) {
    var bytes = secret.getBytes(StandardCharsets.UTF_8);
    return Stream.of(secret, Base64.getEncoder().withoutPadding().encodeToString(bytes));
  }
}
