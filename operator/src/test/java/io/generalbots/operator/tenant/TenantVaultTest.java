package io.generalbots.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.external.vault.Chamber;
import io.generalbots.operator.external.vault.CloseVault;
import io.generalbots.operator.external.vault.OpenVault;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Tenant has in the vault, from its beginning to its end. */
class TenantVaultTest {

  private static final String SECRET = "acme-vault";

  private final Household household = new Household(Tenants.openCluster());

  @Test
  void itsNamespaceHasWhatItsOtherSecretsSay() {
    household.settle();
    var opened = opened();
    var step = opened.get(opened.size() - 1);
    assertThat(step.chamber()).isEqualTo(new Chamber("acme", "u-team-acme"));
    assertThat(step.entries()).containsOnlyKeys("tables", "cache", "drive", "meet", "vectordb");
    var tables = Objects.requireNonNull(step.entries().get("tables"));
    assertThat(tables)
        .containsEntry("username", "ta_acme")
        .containsEntry("database", "t_acme")
        .containsEntry("port", "5432")
        .containsEntry("password", of("acme-postgres", "password"));
    assertThat(step.entries().get("cache")).containsEntry("prefix", "t:acme:");
    assertThat(step.entries().get("drive")).containsEntry("bucket", "sales.gbai");
    assertThat(step.entries().get("meet"))
        .containsEntry("app_id", "t-acme-a")
        .containsEntry("prefix", "t:acme:");
  }

  @Test
  void whatIsPublishedIsTheTokenThatIsLetIn() {
    household.settle();
    var opened = opened();
    assertThat(opened.get(opened.size() - 1).logins())
        .extracting("password")
        .containsExactly(of(SECRET, "token"));
    assertThat(of(SECRET, "address")).isEqualTo("https://demo-vault.bots.svc:8200");
    assertThat(of(SECRET, "namespace")).isEqualTo("t-acme");
    assertThat(of(SECRET, "mount") + "/" + of(SECRET, "path")).isEqualTo("secret/gbo");
    assertThat(of(SECRET, "ca.crt")).isEqualTo("CA");
  }

  @Test
  void aStepShowsNoSecret() {
    household.settle();
    var said = opened().toString();
    assertThat(said)
        .contains("t-acme-a")
        .doesNotContain(of(SECRET, "token"))
        .doesNotContain(of("acme-postgres", "password"))
        .doesNotContain("of the operator");
  }

  @Test
  void theFormerTokenIsLetInUntilEverybodyHadTimeToReadTheNewOne() {
    household.settle();
    var former = of(SECRET, "token");
    opened();
    household.annotate("generalbots.io/rotate", "now");
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(of(SECRET, "token")).isNotEqualTo(former);
    assertThat(last().logins()).extracting("password").containsExactly(of(SECRET, "token"), former);
    household.pass(Duration.ofMinutes(5));
    household.settle();
    assertThat(last().logins()).extracting("password").containsExactly(of(SECRET, "token"));
  }

  @Test
  void whatIsReadThereFollowsARotationOfTheDatabase() {
    household.settle();
    household.annotate("generalbots.io/rotate", "now");
    household.settle();
    assertThat(last().entries().get("tables"))
        .containsEntry("username", "tb_acme")
        .containsEntry("password", of("acme-postgres", "password"));
  }

  @Test
  void tokensAreRenewedInTimeAndNothingElseIsAsked() {
    household.settle();
    opened();
    household.pass(Duration.ofDays(9));
    household.settle();
    assertThat(household.steps()).isEmpty();
    var due = household.now().plus(Duration.ofDays(1));
    while (household.now().isBefore(due)) {
      household.pass(household.blueprint().nextLook(new Outcome(Map.of())).orElseThrow());
      assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    }
    assertThat(household.now()).isEqualTo(due);
    assertThat(household.steps()).singleElement().isInstanceOf(OpenVault.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile: Minimal",
        "vault: {mode: Disabled}",
        "vault: {engine: Vault}",
        "vault: {mode: External, external: {address: \"https://vault.example.org\", auth:"
            + " {tokenSecretName: theirs}}}"
      })
  void aVaultThatIsNotTheBotClustersOwnIsNotAmongTheStores(String spec) {
    var other = new Household(cluster(spec));
    assertThat(other.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(other.has(SECRET)).isFalse();
    assertThat(other.farewell().atHome()).doesNotContainKey("vault");
  }

  @Test
  void atItsEndThePolicySaysWhatBecomesOfTheNamespace() {
    household.settle();
    assertThat(end().keepData()).isTrue();
    household.edit("reclaimPolicy: Delete");
    assertThat(end().keepData()).isFalse();
    assertThat(end().chamber()).isEqualTo(new Chamber("acme", "u-team-acme"));
  }

  @Test
  void aVaultThatIsNotOpenIsWaitedForAndToldOf() {
    household.settle();
    var why = Optional.of("the vault is not open (Sealed)");
    var result = new Outcome.Result(List.of(), List.of(), Optional.empty(), why);
    var outcome = new Outcome(Map.of("vault", result));
    assertThat(household.farewell().isDone(outcome)).isFalse();
    assertThat(household.farewell().status(outcome).stores())
        .singleElement()
        .matches(s -> "vault".equals(s.name()) && String.valueOf(s.message()).contains("(Sealed)"));
    household.annotate(Farewell.FORCE, "true");
    assertThat(household.farewell().isDone(outcome)).isTrue();
  }

  private static BotCluster cluster(String spec) {
    return Tenants.cluster("tenants: {allowedNamespaces: {from: All}}, " + spec);
  }

  private CloseVault end() {
    var plan = (Plan.Apply) Objects.requireNonNull(household.farewell().atHome().get("vault"));
    return (CloseVault) ((Wish.External) plan.wishes().get(0)).step();
  }

  private List<OpenVault> opened() {
    return household.steps().stream()
        .filter(OpenVault.class::isInstance)
        .map(OpenVault.class::cast)
        .toList();
  }

  private OpenVault last() {
    var opened = opened();
    return opened.get(opened.size() - 1);
  }

  private String of(String secret, String key) {
    return Secrets.text(household.secret(secret), key);
  }
}
