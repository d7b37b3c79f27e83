package io.generalbots.operator.cluster.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.external.vault.Contents;
import io.generalbots.operator.external.vault.FirstSignIn;
import io.generalbots.operator.external.vault.ReaderToken;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is done at the vault and when, and what is said of it. */
class VaultTest {

  private static final String MANAGED = "{mode: Managed, replicas: 3}";
  private static final String EXTERNAL =
      "{mode: External, external: {address: 'https://vault.example.com', "
          + "auth: {tokenSecretName: vault-token}}}";
  private static final String USERS =
      "{mode: Managed, replicas: 1, userSecrets: [{path: gbo/llm, secretName: llm-keys}]}";

  /** In use and up to date, with so many servers. */
  private static Given running(int servers, String vault) {
    return Given.vault(vault).round().servers(servers).stores().round().round().round().round();
  }

  @Test
  void nothingIsAskedBeforeAServerIsReady() {
    assertThat(Given.vault(MANAGED).round().step()).isEmpty();
    assertThat(Given.vault(MANAGED).round().having(Given.pod(0, false)).step()).isEmpty();
  }

  @Test
  void oneStepFollowsTheOtherAndThenThereIsNone() {
    var begun = Given.vault(MANAGED).round().servers(1).stores();
    assertThat(begun.step()).containsInstanceOf(FirstSignIn.class);
    var used = begun.round();
    assertThat(used.step()).containsInstanceOf(ReaderToken.class);
    assertThat(used.round().step()).containsInstanceOf(Contents.class);
    assertThat(used.found("demo-vault-botserver")).isEmpty();
    var done = used.round().round().round();
    assertThat(done.step()).isEmpty();
    assertThat(done.found("demo-vault-botserver"))
        .hasValueSatisfying(
            s ->
                assertThat(Secrets.text(s, "address"))
                    .isEqualTo("https://demo-vault.bots.svc:8200"));
  }

  @Test
  void readersWaitForTheStoresTheyNeed() {
    var without = Given.vault(MANAGED).round().servers(1).round().round().round().round();
    assertThat(without.step()).isEmpty();
    assertThat(without.found("demo-vault-botserver")).isEmpty();
    assertThat(without.stores().round().round().found("demo-vault-botserver")).isPresent();
  }

  @Test
  void thereIsADoubtUntilEveryEntryIsWritten() {
    var begun = Given.vault(MANAGED).round().servers(3);
    assertThat(Vault.doubt(begun.cluster(), begun.facts())).get().asString().contains("demo-app");
    var done = running(3, MANAGED);
    assertThat(Vault.doubt(done.cluster(), done.facts())).isEmpty();
  }

  @Test
  void entriesFollowTheirSecrets() {
    var running = running(1, USERS).withUsers(llm("one")).round();
    assertThat(running.step()).isEmpty();
    var changed = running.withUsers(llm("two")).step();
    assertThat(changed)
        .hasValueSatisfying(
            s ->
                assertThat(((Contents) s).entries().get("gbo/llm"))
                    .containsEntry("openai_key", "two"));
    assertThat(changed.toString()).doesNotContain("two").contains("gbo/llm");
  }

  @Test
  void anotherLoginIsTriedAtOnce() {
    var running = running(1, "{mode: Managed, replicas: 1}");
    var login = Map.of("username", "generalbots-operator", "password", "another");
    var changed = running.having(Given.secret("demo-vault-operator", login));
    assertThat(running.step()).isEmpty();
    assertThat(changed.step()).containsInstanceOf(Contents.class);
    assertThat(changed.round().step()).isEmpty();
    assertThat(changed.step().toString())
        .doesNotContain("another")
        .contains("Secret demo-vault-operator");
  }

  @Test
  void anEntryThatIsNoLongerWishedGoesAndOneWhoseSecretIsLostStays() {
    var running = running(1, USERS).withUsers(llm("one")).round();
    var unwished =
        new Given("{mode: Managed, replicas: 1}", running.owned(), running.users(), running.now());
    assertThat(unwished.step())
        .hasValueSatisfying(s -> assertThat(((Contents) s).obsolete()).containsExactly("gbo/llm"));
    var lost = new Given(USERS, running.owned(), List.of(), running.now());
    assertThat(lost.step())
        .hasValueSatisfying(s -> assertThat(((Contents) s).obsolete()).isEmpty());
  }

  @Test
  void aTokenIsRenewedAfterAThirdOfItsTime() {
    var running = running(1, "{mode: Managed, replicas: 1}");
    var due = ReaderToken.PERIOD.dividedBy(3);
    assertThat(running.at(Given.TODAY.plus(due).minus(Duration.ofMinutes(1))).step()).isEmpty();
    assertThat(running.at(Given.TODAY.plus(due)).step()).containsInstanceOf(ReaderToken.class);
    assertThat(Vault.nextLook(running.cluster(), running.facts())).hasValue(Given.TODAY.plus(due));
  }

  @Test
  void theFirstServerBeginsAloneAndNoneGoesAgain() {
    assertThat(new Scaling(Given.vault(MANAGED).round().situation()).replicas()).isEqualTo(1);
    assertThat(new Scaling(running(1, MANAGED).situation()).replicas()).isEqualTo(3);
    var shrinking = running(3, "{mode: Managed, replicas: 1}");
    assertThat(new Scaling(shrinking.situation()).replicas()).isEqualTo(3);
    assertThat(new Vault().health(shrinking.cluster(), shrinking.facts()).reason())
        .isEqualTo("CannotShrink");
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(reason(Given.vault(MANAGED).round())).isEqualTo("Unreachable");
    assertThat(reason(running(3, MANAGED))).isEqualTo("Synced");
    var two = running(3, MANAGED).having(Given.pod(1, false), Given.pod(2, false));
    assertThat(reason(two)).isEqualTo("Unreachable");
    assertThat(reason(running(3, MANAGED).having(Given.pod(2, false)))).isEqualTo("Synced");
    assertThat(reason(running(1, USERS))).isEqualTo("WaitingForSecret");
  }

  @Test
  void anExternalVaultIsEnteredWithWhatItsOwnerGave() {
    var waiting = Given.vault(EXTERNAL).round().stores();
    assertThat(waiting.step()).isEmpty();
    assertThat(reason(waiting)).isEqualTo("WaitingForSecret");
    var entered = waiting.withUsers(Given.secret("vault-token", Map.of("token", "s.abc")));
    assertThat(entered.step()).containsInstanceOf(ReaderToken.class);
    assertThat(entered.round().round().step()).isEmpty();
    assertThat(reason(entered.round().round())).isEqualTo("Synced");
    assertThat(entered.step().toString()).doesNotContain("s.abc");
  }

  @Test
  void withoutAVaultThereIsNone() {
    assertThat(Given.vault("{mode: Disabled}").plan()).isInstanceOf(Plan.Absent.class);
    assertThat(Given.vault("{mode: Managed, engine: Vault}").plan()).isInstanceOf(Plan.Hold.class);
  }

  private static String reason(Given given) {
    return Vault.synced(given.cluster(), given.facts(), new Outcome(Map.of()))
        .orElseThrow()
        .getReason();
  }

  private static Secret llm(String key) {
    return Given.secret("llm-keys", Map.of("openai_key", key));
  }
}
