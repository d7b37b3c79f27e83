package io.generalbots.operator.cluster.botserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.generalbots.operator.cluster.valkey.Valkey;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When bot servers may start, and that what runs is left alone until then. */
class GateTest {

  private static final String SETTINGS = "demo-vault-botserver";

  @Test
  void withEverythingThereTheyStart() {
    assertThat(Given.botserver("{}").deployment()).isPresent();
  }

  @Test
  void withoutTheVaultsSettingsNothingStartsAndTheRestIsThere() {
    var given = Given.botserver("{}").without(SETTINGS);
    assertThat(given.deployment()).isEmpty();
    assertThat(given.managed(Service.class)).hasSize(2);
    assertThat(given.health().reason()).isEqualTo("WaitingForVault");
    assertThat(given.health().message()).contains(SETTINGS);
    assertThat(given.health().serves()).isFalse();
  }

  @Test
  void settingsWithoutATokenAreNone() {
    var given = Given.botserver("{}").without(SETTINGS).having(Given.vault(""));
    assertThat(given.deployment()).isEmpty();
  }

  @Test
  void withoutAVaultThereIsNothingToRead() {
    var given = Given.spec("vault: {mode: Disabled}");
    assertThat(given.deployment()).isEmpty();
    assertThat(given.health().reason()).isEqualTo("VaultDisabled");
    assertThat(given.health().message()).contains("set vault.mode");
  }

  @Test
  void anotherPathIsOneTheyDoNotKnow() {
    var mount = Given.spec("vault: {mode: Managed, mount: other}");
    assertThat(mount.health().reason()).isEqualTo("VaultPathUnsupported");
    var path = Given.spec("vault: {mode: Managed, path: other}");
    assertThat(path.health().reason()).isEqualTo("VaultPathUnsupported");
  }

  @Test
  void aVaultThatSoundsLocalIsRefused() {
    var local = Given.vault("https://localhost-vault.bots.svc:8200", "t1");
    var given = Given.botserver("{}").without(SETTINGS).having(local);
    assertThat(given.deployment()).isEmpty();
    assertThat(given.health().reason()).isEqualTo("VaultAddressUnsupported");
  }

  @Test
  void aLoginThatTheyCannotWriteIsRefused() {
    var meta = new ObjectMetaBuilder().withName("demo-app").withNamespace("bots").build();
    var login = Map.of("username", "app", "password", "p@ss", "dbname", "bots");
    var given = Given.botserver("{}").having(Secrets.basicAuth(meta, login));
    assertThat(given.deployment()).isEmpty();
    assertThat(given.health().reason()).isEqualTo("LoginUnsupported");
    assertThat(given.health().message()).contains("a password of").contains("demo-app");
  }

  @Test
  void aCacheThatWantsTlsIsOneTheyDoWithout() {
    var valkey = "valkey: {external: {address: 'rediss://cache', secretName: cache}}";
    assertThat(Valkey.plainRefused(Given.spec(valkey).cluster())).isPresent();
    assertThat(Valkey.plainRefused(Given.botserver("{}").cluster())).isEmpty();
  }

  @Test
  void withoutADriveTheyDoNotStart() {
    assertThat(Given.spec("seaweedfs: {enabled: false}").health().reason())
        .isEqualTo("DriveDisabled");
  }

  @Test
  void aStoreThatDoesNotServeIsNamed() {
    var given = Given.botserver("{}").needing(Health.waiting("NoPrimary", "no server"));
    assertThat(given.deployment()).isEmpty();
    assertThat(given.health().message()).isEqualTo("waits for store: no server");
  }

  @Test
  void aStoreThatServesWithLessIsEnough() {
    var given = Given.botserver("{}").needing(Health.degraded("Fewer", "one of two"));
    assertThat(given.deployment()).isPresent();
  }

  @Test
  void withoutAKeyToSignWithTheyDoNotStart() {
    var given = Given.botserver("{}").without("demo-vault-keys");
    assertThat(given.deployment()).isEmpty();
    assertThat(given.health().message()).contains("demo-vault-keys");
  }

  @Test
  void theFirstWaitsForEveryEntryOfTheVault() {
    var given = Given.botserver("{}").doubting("waiting for Secret demo-livekit for gbo/meet");
    assertThat(given.deployment()).isEmpty();
    assertThat(given.health().reason()).isEqualTo("WaitingForVault");
    assertThat(given.health().message())
        .isEqualTo("waits for the vault's entries: waiting for Secret demo-livekit for gbo/meet");
  }

  @Test
  void onceTheyAreThereALateEntryHoldsNothingUp() {
    assertThat(running("{replicas: 2}").doubting("it is being brought up to date").deployment())
        .isPresent();
  }

  @Test
  void whatRunsIsLeftAsItIsWhileAStoreIsAway() {
    var running = running("{replicas: 2}").having(Given.pod("a", Given.IMAGE, true));
    var gated = running.needing(Health.waiting("Sealed", "it is sealed"));
    assertThat(gated.deployment()).isEmpty();
    assertThat(gated.wishes())
        .anyMatch(
            w ->
                w instanceof Wish.Once
                    && Wishes.object(w).filter(Deployment.class::isInstance).isPresent());
    assertThat(gated.health().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(gated.health().message()).contains("run on as they are", "it is sealed");
  }

  @Test
  void theyFallAsleepWhateverIsAway() {
    var given =
        running("{replicas: 2}")
            .wishing("hibernate: true")
            .needing(Health.waiting("Hibernating", "2 servers are still stopping"));
    assertThat(given.replicas()).isZero();
  }

  @Test
  void switchedOffTheyGo() {
    assertThat(Given.botserver("{enabled: false}").plan()).isInstanceOf(Plan.Absent.class);
  }

  private static Given running(String botserver) {
    var given = Given.botserver(botserver);
    return given.having(new DeploymentBuilder(given.deployment().orElseThrow()).build());
  }
}
