package io.generalbots.operator.tenant.botserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Provision;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.place.Tenants;
import io.generalbots.operator.tenant.place.Verdict;
import io.generalbots.operator.tenant.store.Holding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When bot servers of a Tenant's own start, change and stop. */
class OwnServersTest {

  private static final String WANTED = "botserver: {enabled: true}";
  private static final Provision PROVISION = new Provision("wished", "logins");
  private static final Part PART = Part.ofTenant("acme", "botserver");
  private static final Settings SETTINGS =
      new Settings(
          "operators",
          "cluster.local",
          Map.of("botserver", "bots:{version}", "gateway", "caddy", "valkey", "valkey"));

  @Test
  void theyStartOnceEveryStoreIsProvisioned() {
    assertThat(deployment(plan(WANTED, seed()))).isEmpty();
    assertThat(health(WANTED, seed()).reason()).isEqualTo("WaitingForStores");
    assertThat(deployment(plan(WANTED, seed(), published("wished", "logins")))).isPresent();
  }

  @Test
  void whatRunsIsLeftAsItIsWhileLoginsAreReplaced() {
    var replacing = new HasMetadata[] {seed(), published("wished", "former"), running()};
    assertThat(plan(WANTED, replacing))
        .anyMatch(w -> w instanceof Wish.Once once && once.object() instanceof Deployment);
    assertThat(health(WANTED, replacing).reason()).isNotEqualTo("WaitingForStores");
  }

  @Test
  void theyWaitForWhatTheStoreIsToHaveNow() {
    var other = new HasMetadata[] {seed(), published("other", "logins"), running()};
    assertThat(deployment(plan(WANTED, other))).isEmpty();
    assertThat(health(WANTED, other).reason()).isEqualTo("WaitingForStores");
  }

  /** Their migrations name the schema public, in which no Tenant with a schema makes anything. */
  @Test
  void aTenantWithASchemaHasNone() {
    var asked = "isolation: Schema, " + WANTED;
    assertThat(deployment(plan(asked, seed(), published("wished", "logins")))).isEmpty();
    assertThat(OwnServers.isWanted(tenant(asked))).isFalse();
    assertThat(OwnServers.refusal(tenant(asked)))
        .map(Objection::reason)
        .contains("BotServerNeedsDatabase");
    assertThat(OwnServers.refusal(tenant("isolation: Schema"))).isEmpty();
    assertThat(OwnServers.refusal(tenant(WANTED))).isEmpty();
  }

  @Test
  void suspendedTheyStopWhateverIsInTheWay() {
    var wishes = plan("suspend: true, " + WANTED, seed(), running());
    assertThat(deployment(wishes).orElseThrow().getSpec().getReplicas()).isZero();
  }

  @Test
  void aStoreThatIsNotSharedIsNamed() {
    var cluster = Tenants.cluster("vault: {mode: Disabled}");
    var health = servers(cluster).health(tenant(WANTED), facts(seed()));
    assertThat(health.reason()).isEqualTo("StoreNotShared");
    assertThat(health.message()).contains("a vault that BotCluster demo runs itself");
  }

  @Test
  void switchedOffTheyGoAndTheirVolumeStays() {
    var meta = PART.named("acme-botserver-work");
    var claim = new PersistentVolumeClaimBuilder().withMetadata(meta).build();
    assertThat(plan("bots: []", seed(), claim))
        .singleElement()
        .satisfies(w -> assertThat(((Wish.Once) w).retained()).isTrue());
    var none = servers(Tenants.openCluster()).plan(tenant("bots: []"), facts(seed()));
    assertThat(none).isInstanceOf(Plan.Absent.class);
    assertThat(health("bots: []", seed()).isSettled()).isTrue();
  }

  private static OwnServers servers(BotCluster cluster) {
    var verdict = new Verdict(true, List.of(), List.of("sales"), List.of());
    return new OwnServers(
        new Residence(cluster, Neighbourhood.NONE, verdict), List.of(new Held(PROVISION)));
  }

  private static List<Wish> plan(String spec, HasMetadata... home) {
    var plan = servers(Tenants.openCluster()).plan(tenant(spec), facts(home));
    return plan instanceof Plan.Apply apply ? apply.wishes() : List.of();
  }

  private static Health health(String spec, HasMetadata... home) {
    return servers(Tenants.openCluster()).health(tenant(spec), facts(home));
  }

  private static Optional<Deployment> deployment(List<Wish> wishes) {
    return wishes.stream()
        .filter(Wish.Managed.class::isInstance)
        .flatMap(w -> Wishes.object(w).stream())
        .flatMap(o -> o instanceof Deployment d ? Stream.of(d) : Stream.empty())
        .findFirst();
  }

  private static Tenant tenant(String spec) {
    return Tenants.tenant("team", "acme", 1, spec);
  }

  private static Facts facts(HasMetadata... home) {
    return new Facts(Instant.EPOCH, new SecureEntropy(), new ArrayList<>(List.of(home)), SETTINGS);
  }

  private static Secret seed() {
    var meta = new ObjectMetaBuilder().withName("acme-seed").build();
    return Secrets.opaque(meta, Map.of("seed", "s"));
  }

  private static Secret published(String wished, String logins) {
    var meta =
        new ObjectMetaBuilder()
            .withName("acme-postgres")
            .withAnnotations(
                Map.of(
                    "generalbots.io/generation", "0",
                    "generalbots.io/provisioned", wished,
                    "generalbots.io/logins", logins))
            .build();
    return Secrets.opaque(meta, Map.of("host", "demo-pooler", "port", "5432"));
  }

  private static Deployment running() {
    return deployment(plan(WANTED, seed(), published("wished", "logins"))).orElseThrow();
  }

  /** A store of which nothing is known but what has to be so. */
  private record Held(Provision provision) implements Holding {

    @Override
    public Store store() {
      return Store.DATABASE;
    }

    @Override
    public Provision provision(Keyring ring) {
      return provision;
    }

    @Override
    public List<Step> steps(Keyring ring) {
      return List.of();
    }

    @Override
    public Optional<Secret> secret(ObjectMeta meta, Keyring ring) {
      return Optional.empty();
    }

    @Override
    public String words() {
      return "database t_acme";
    }
  }
}
