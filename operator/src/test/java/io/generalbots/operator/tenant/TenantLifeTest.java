package io.generalbots.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.api.v1alpha1.tenant.StoreState;
import io.generalbots.api.v1alpha1.tenant.StoreStatus;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.external.tenant.ClaimBuckets;
import io.generalbots.operator.external.tenant.ClearCache;
import io.generalbots.operator.external.tenant.ClearDrive;
import io.generalbots.operator.external.tenant.CloseDatabase;
import io.generalbots.operator.external.tenant.CloseRooms;
import io.generalbots.operator.external.tenant.EnterCache;
import io.generalbots.operator.external.tenant.EnterDrive;
import io.generalbots.operator.external.tenant.EnterRooms;
import io.generalbots.operator.external.tenant.EnterVectors;
import io.generalbots.operator.external.tenant.OpenDatabase;
import io.generalbots.operator.external.vault.OpenVault;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Tenant from its beginning to its end. */
class TenantLifeTest {

  private static final String ALL = "tenants: {allowedNamespaces: {from: All}}";

  private static final Outcome NOTHING = new Outcome(Map.of());

  private final Household household = new Household(Tenants.cluster(ALL));

  @Test
  void itGetsAPlaceInEveryStoreAndThenCostsNoCall() {
    var status = household.settle();
    assertThat(status.phase()).isEqualTo(TenantPhase.READY);
    assertThat(status.stores())
        .extracting(StoreStatus::name)
        .containsExactly("postgres", "valkey", "seaweedfs", "livekit", "qdrant", "vault");
    assertThat(household.isToldReady()).isTrue();
    assertThat(status.database()).isEqualTo("t_acme");
    assertThat(status.cachePrefix()).isEqualTo("t:acme:");
    assertThat(status.buckets()).containsExactly("sales.gbai");
    assertThat(household.steps())
        .extracting(Object::getClass)
        .containsExactly(
            ClaimBuckets.class,
            OpenDatabase.class,
            EnterCache.class,
            EnterDrive.class,
            EnterRooms.class,
            EnterVectors.class,
            OpenVault.class);
    assertThat(household.settle()).isEqualTo(status);
    assertThat(household.steps()).isEmpty();
  }

  @Test
  void nothingIsPublishedBeforeItWorks() {
    household.holdUp(Optional.of("the servers do not know it yet"));
    var status = household.settle();
    assertThat(status.phase()).isEqualTo(TenantPhase.PROVISIONING);
    assertThat(status.stores()).extracting(StoreStatus::state).containsOnly(StoreState.PENDING);
    assertThat(status.stores().get(0).message()).contains("the servers do not know it yet");
    assertThat(household.has("acme-postgres")).isFalse();
    assertThat(household.registration()).isPresent();
    assertThat(household.isToldReady()).isFalse();
  }

  @Test
  void theConnectionIsWhatClientsOfEachStoreTake() {
    household.settle();
    var database = household.secret("acme-postgres");
    assertThat(Secrets.text(database, "host")).isEqualTo("demo-pooler.bots.svc.cluster.local");
    assertThat(Secrets.text(database, "username")).isEqualTo("ta_acme");
    assertThat(Secrets.text(database, "dbname")).isEqualTo("t_acme");
    assertThat(Secrets.text(database, "ca.crt")).isEqualTo("CA");
    assertThat(Secrets.text(household.secret("acme-valkey"), "prefix")).isEqualTo("t:acme:");
    assertThat(Secrets.text(household.secret("acme-s3"), "buckets")).isEqualTo("sales.gbai");
    var rooms = household.secret("acme-livekit");
    assertThat(Secrets.text(rooms, "api-key")).isEqualTo("t-acme-a");
    assertThat(Secrets.text(rooms, "prefix")).isEqualTo("t:acme:");
    assertThat(Secrets.text(rooms, "uri"))
        .isEqualTo("ws://demo-gateway-rooms.bots.svc.cluster.local:7880");
    assertThat(Secrets.text(rooms, "public-uri")).isEqualTo("wss://meet.test");
  }

  @Test
  void theKeyToCollectionsLeadsToTheDoorAndIsNotThePlatforms() {
    household.settle();
    var vectors = household.secret("acme-qdrant");
    assertThat(vectors.getData()).containsOnlyKeys("host", "port", "uri", "prefix", "api-key");
    assertThat(Secrets.text(vectors, "prefix")).isEqualTo("t~acme~");
    assertThat(Secrets.text(vectors, "uri"))
        .isEqualTo("http://demo-gateway-vectors.bots.svc.cluster.local:6333");
    var key = Secrets.text(vectors, "api-key");
    assertThat(key).hasSize(48);
    assertThat(household.registration().orElseThrow().vectors())
        .containsExactly(new Login("t-acme-a", Digest.sha256(key)));
  }

  @Test
  void theKeysToCollectionsAreReplacedLikeAllOthers() {
    household.settle();
    household.annotate("generalbots.io/rotate", "now");
    household.settle();
    assertThat(vectors()).containsExactly("t-acme-b", "t-acme-a");
    household.pass(Duration.ofMinutes(5));
    household.settle();
    assertThat(vectors()).containsExactly("t-acme-b");
  }

  /** Nobody tells of it how it is, so that nobody waits for that. */
  @Test
  void aQdrantOfSomebodyElseIsSharedToo() {
    var elsewhere = "qdrant: {external: {address: \"https://vectors.example.org:6333\"}}";
    var other = new Household(Tenants.cluster(ALL + ", " + elsewhere));
    assertThat(other.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(other.secret("acme-qdrant")).isNotNull();
  }

  @Test
  void whoHasBotServersIsToldThatTheyUseNoCollections() {
    household.settle();
    assertThat(store("qdrant")).isEqualTo("collections whose names begin with t~acme~");
    household.edit("bots: [{name: sales}], botserver: {enabled: true}");
    household.settle();
    assertThat(store("qdrant")).contains("t~acme~", "bot servers name theirs otherwise");
  }

  private String store(String name) {
    return household.settle().stores().stream()
        .filter(s -> s.name().equals(name))
        .map(StoreStatus::message)
        .findFirst()
        .orElseThrow();
  }

  private List<String> vectors() {
    return household.registration().orElseThrow().vectors().stream().map(Login::name).toList();
  }

  @Test
  void newLoginsStandBesideTheFormerUntilEverybodyHadTimeToReadThem() {
    household.settle();
    var former = Secrets.text(household.secret("acme-valkey"), "password");
    household.annotate("generalbots.io/rotate", "now");
    var status = household.settle();
    assertThat(status.phase()).isEqualTo(TenantPhase.READY);
    assertThat(Secrets.text(household.secret("acme-valkey"), "username")).isEqualTo("t-acme-b");
    assertThat(Secrets.text(household.secret("acme-valkey"), "password")).isNotEqualTo(former);
    assertThat(names()).containsExactly("t-acme-b", "t-acme-a");
    household.pass(Duration.ofMinutes(5));
    household.settle();
    assertThat(names()).containsExactly("t-acme-b");
    var last = household.steps().stream().filter(OpenDatabase.class::isInstance).toList();
    assertThat(((OpenDatabase) last.get(last.size() - 1)).logins())
        .extracting("name")
        .containsExactly("tb_acme");
  }

  @Test
  void oneWishForNewLoginsIsFulfilledOnce() {
    household.settle();
    household.annotate("generalbots.io/rotate", "now");
    household.settle();
    household.pass(Duration.ofDays(1));
    household.settle();
    assertThat(names()).containsExactly("t-acme-b");
    household.annotate("generalbots.io/rotate", "again");
    household.settle();
    assertThat(names()).containsExactly("t-acme-a", "t-acme-b");
  }

  @Test
  void ageIsAReasonAndTheFormerStaysWhereAStoreCannotBeReached() {
    household.settle();
    household.pass(Duration.ofDays(91));
    household.holdUp(Optional.of("no answer"));
    var status = household.settle();
    assertThat(reason(status, "CredentialsFresh")).isEqualTo("Replacing");
    assertThat(names()).containsExactly("t-acme-b", "t-acme-a");
    assertThat(Secrets.text(household.secret("acme-valkey"), "username")).isEqualTo("t-acme-a");
    household.holdUp(Optional.empty());
    assertThat(reason(household.settle(), "CredentialsFresh")).isEqualTo("Fresh");
  }

  @Test
  void suspendedItKeepsEverythingAndComesBack() {
    household.settle();
    household.steps();
    household.edit("bots: [{name: sales}], suspend: true");
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.SUSPENDED);
    assertThat(household.registration().orElseThrow().suspended()).isTrue();
    assertThat(household.isToldReady()).isFalse();
    assertThat(household.steps())
        .satisfiesExactly(
            step -> assertThat(((OpenDatabase) step).suspended()).isTrue(),
            step -> assertThat(step).isEqualTo(new CloseRooms("demo", "bots", "acme")),
            step -> assertThat(((OpenVault) step).logins()).isEmpty());
    household.edit("bots: [{name: sales}]");
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(household.isToldReady()).isTrue();
    assertThat(household.steps()).hasSize(6);
  }

  /** A key that opens rooms goes with the others, and nothing else waits for it. */
  @Test
  void theKeysOfRoomsAreReplacedLikeAllOthers() {
    household.settle();
    assertThat(rooms()).containsExactly("t-acme-a");
    household.annotate("generalbots.io/rotate", "now");
    household.settle();
    assertThat(rooms()).containsExactly("t-acme-b", "t-acme-a");
    assertThat(Secrets.text(household.secret("acme-livekit"), "api-key")).isEqualTo("t-acme-b");
    household.pass(Duration.ofMinutes(5));
    household.settle();
    assertThat(rooms()).containsExactly("t-acme-b");
  }

  @Test
  void withoutAGatewayNobodyWouldCheckWhoseRoomOrCollectionItIs() {
    var other = new Household(Tenants.cluster(ALL + ", gateway: {enabled: false}"));
    var status = other.settle();
    assertThat(status.stores()).extracting(StoreStatus::name).doesNotContain("livekit", "qdrant");
    assertThat(other.registration().orElseThrow().rooms()).isEmpty();
    assertThat(other.registration().orElseThrow().vectors()).isEmpty();
    assertThat(message(status, "Provisioned")).contains("livekit or qdrant");
  }

  @Test
  void aBotMoreIsABucketMore() {
    household.settle();
    household.steps();
    household.edit("bots: [{name: sales}, {name: help}]");
    assertThat(household.settle().buckets()).containsExactly("sales.gbai", "help.gbai");
    assertThat(household.steps())
        .extracting(Object::getClass)
        .containsExactly(ClaimBuckets.class, EnterDrive.class, OpenVault.class);
  }

  @Test
  void whatTheBotClusterDoesNotShareIsNotAmongTheStores() {
    var other =
        new Household(
            Tenants.cluster(
                ALL
                    + ", profile: Minimal, qdrant: {enabled: false}, seaweedfs: {enabled: false}, valkey: {external:"
                    + " {address: \"cache:6379\"}}"));
    var status = other.settle();
    assertThat(status.phase()).isEqualTo(TenantPhase.READY);
    assertThat(status.stores()).extracting(StoreStatus::name).containsExactly("postgres");
    assertThat(message(status, "Provisioned"))
        .contains("valkey or seaweedfs or livekit or qdrant or vault");
  }

  @Test
  void whatNothingServesYetIsSaid() {
    household.edit(
        "limits: {databaseSize: 5Gi, vectors: 5, requestsPerMinute: 5}, placement: {shard: one}");
    var status = household.settle();
    assertThat(message(status, "ConfigurationWarning"))
        .doesNotContain("databaseSize", "vectors", "requestsPerMinute")
        .contains("spec.placement");
    assertThat(status.phase()).isEqualTo(TenantPhase.READY);
    assertThat(household.registration().orElseThrow().allowance().requestsPerMinute()).isEqualTo(5);
  }

  @Test
  void aBucketThatIsNotItsOwnIsNotToldToTheGateways() {
    household.settle();
    household.refuse("bucket help.gbai");
    household.edit("bots: [{name: sales}, {name: help}]");
    var status = household.settle();
    assertThat(household.registration().orElseThrow().bots()).containsExactly("sales");
    assertThat(reason(status, "Stalled")).isEqualTo("ObjectNotOurs");
    assertThat(message(status, "Stalled")).contains("bucket help.gbai");
  }

  @Test
  void atItsEndNobodyGetsInAndWhatItHadIsWrittenDown() {
    household.edit("bots: [{name: sales}], retainFor: 30d");
    household.settle();
    var farewell = household.farewell();
    assertThat(farewell.atHome()).containsOnlyKeys("postgres", "livekit", "vault");
    assertThat(end(farewell, "postgres"))
        .isEqualTo(new CloseDatabase("demo", "bots", "acme", "u-team-acme", true));
    household.leave();
    assertThat(household.registration()).isEmpty();
    var remains = household.remains().orElseThrow();
    assertThat(remains.registration().bots()).containsExactly("sales");
    assertThat(remains.registration().hosts()).isEmpty();
    assertThat(remains.stores())
        .containsExactly("postgres", "valkey", "seaweedfs", "qdrant", "vault");
    assertThat(remains.shredAfter()).contains(household.now().plus(Duration.ofDays(30)));
    assertThat(farewell.news(NOTHING)).extracting("reason").containsExactly("DataRetained");
  }

  /** Nobody loses data by leaving a field out. */
  @Test
  void whatIsRetainedForNoTimeIsKeptUntilSomebodyRemovesIt() {
    household.settle();
    household.leave();
    assertThat(household.remains().orElseThrow().shredAfter()).isEmpty();
  }

  @Test
  void withDeleteNothingIsLeftAndNothingIsWrittenDown() {
    household.edit("bots: [{name: sales}], reclaimPolicy: Delete");
    household.settle();
    assertThat(end(household.farewell(), "postgres"))
        .isEqualTo(new CloseDatabase("demo", "bots", "acme", "u-team-acme", false));
    assertThat(end(household.farewell(), "valkey"))
        .isEqualTo(new ClearCache("demo", "bots", "acme"));
    assertThat(end(household.farewell(), "seaweedfs"))
        .isEqualTo(new ClearDrive("demo", "bots", "acme", "u-team-acme"));
    assertThat(household.farewell().afterwards(NOTHING)).containsOnlyKeys("tenant", "retained");
    assertThat(household.farewell().afterwards(failing())).isEmpty();
    household.leave();
    assertThat(household.remains().flatMap(Remains::shredAfter)).isEmpty();
  }

  @Test
  void whatIsKeptIsForWhoAsksForIt() {
    household.settle();
    household.leave();
    household.reborn("bots: [{name: sales}]");
    assertThat(reason(household.settle(), "Stalled")).isEqualTo("DataRetained");
    assertThat(household.remains()).isPresent();
    household.steps();
    household.reborn("bots: [{name: sales}], adopt: true");
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(household.remains()).isEmpty();
    assertThat(household.steps())
        .first()
        .isInstanceOfSatisfying(
            ClaimBuckets.class,
            step -> {
              assertThat(step.former()).contains("u-team-acme");
              assertThat(step.adopt()).isFalse();
            });
  }

  @Test
  void aStoreThatIsGoneIsToldOfUntilItIsGivenUp() {
    household.settle();
    var outcome = failing();
    assertThat(household.farewell().isDone(outcome)).isFalse();
    var status = household.farewell().status(outcome);
    assertThat(status.phase()).isEqualTo(TenantPhase.DELETING);
    assertThat(status.stores()).extracting(StoreStatus::name).containsExactly("postgres");
    assertThat(message(status, "Ready")).contains("no answer").contains(Farewell.FORCE);
    household.annotate(Farewell.FORCE, "true");
    assertThat(household.farewell().isDone(outcome)).isTrue();
    assertThat(household.farewell().atHome()).containsKey("postgres");
    assertThat(household.farewell().news(outcome)).extracting("reason").contains("GaveUp");
    assertThat(household.farewell().news(NOTHING)).extracting("reason").doesNotContain("GaveUp");
  }

  private static Outcome failing() {
    var failed = new IllegalStateException("no answer from demo-postgres-rw");
    return new Outcome(
        Map.of("postgres", new Outcome.Result(List.of(), List.of(), Optional.of(failed))));
  }

  private List<String> names() {
    return household.registration().orElseThrow().cache().stream().map(Login::name).toList();
  }

  private List<String> rooms() {
    return household.registration().orElseThrow().rooms().stream().map(Login::name).toList();
  }

  private static Step end(Farewell farewell, String store) {
    var wished = Objects.requireNonNull(farewell.atHome().get(store));
    return ((Wish.External) ((Plan.Apply) wished).wishes().get(0)).step();
  }

  private static String reason(TenantStatus status, String type) {
    return status.conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .findFirst()
        .orElseThrow()
        .getReason();
  }

  private static String message(TenantStatus status, String type) {
    return status.conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .findFirst()
        .orElseThrow()
        .getMessage();
  }
}
