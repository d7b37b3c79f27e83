package io.generalbots.operator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.api.v1alpha1.shard.ShardStatus;
import io.generalbots.operator.external.spread.TellTenants;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Shelter;
import io.generalbots.operator.tenant.place.Tenants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy of strategy Tenant makes of the Tenants of its BotCluster. */
@Tag("REQ-SHARD-T")
class TenantPolicyTest {

  private static final ShardPolicy POLICY =
      Policy.of("by-tenant", 1, "strategy: Tenant, tenant: {maxTenantsPerShard: 2}");

  @Test
  void whoIsNewGoesToTheBotClusterUntilThatIsFullAndThenWaitsForAShard() {
    var round = round(POLICY, List.of(tenant("one"), tenant("two"), tenant("three")), List.of());
    assertThat(shelters(round))
        .extracting(Shelter::tenant, Shelter::shard, Shelter::ready)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("one", "demo", true),
            org.assertj.core.groups.Tuple.tuple("three", "demo", true),
            org.assertj.core.groups.Tuple.tuple("two", "", false));
    assertThat(Policy.objects(round, BotCluster.class))
        .extracting(c -> c.getMetadata().getName())
        .containsExactly("by-tenant-1");
    assertThat(shelter(round, "two").message())
        .isEqualTo("tenant bots/two waits for a new shard: by-tenant-1");
    assertThat(Policy.said(round, "Ready").getReason()).isEqualTo("ShardNotReady");
  }

  @Test
  void aShardThatServesTakesWhoWaitsAndNoOtherIsMadeMeanwhile() {
    var tenants = List.of(tenant("one"), tenant("two"), tenant("three"), tenant("four"));
    var told = List.of(registered("one", ""), registered("two", ""));
    var coming = round(POLICY, tenants, told, shard("by-tenant-1", 0));
    assertThat(Policy.objects(coming, BotCluster.class)).hasSize(1);
    assertThat(shelter(coming, "three").shard()).isEmpty();
    var there = round(POLICY, tenants, told, shard("by-tenant-1", 1));
    assertThat(shelter(there, "three").shard()).isEqualTo("by-tenant-1");
    assertThat(shelter(there, "four").shard()).isEqualTo("by-tenant-1");
    assertThat(shares(there)).containsEntry("demo", 2).containsEntry("by-tenant-1", 0);
    assertThat(phase(there)).isEqualTo(ShardPolicyPhase.READY);
  }

  /** It has the poolers of the BotCluster, its authority, and nothing but a PostgreSQL. */
  @Test
  void aShardHasAServerAndIsTrustedAsThatOfTheBotClusterIs() {
    var spec =
        Policy.objects(
                round(POLICY, List.of(tenant("a"), tenant("b"), tenant("c")), List.of()),
                BotCluster.class)
            .get(0)
            .getSpec();
    assertThat(spec.postgres().pooler().enabled()).isFalse();
    assertThat(spec.certificates().caSecretName()).isEqualTo("demo-ca");
    assertThat(spec.gateway().enabled()).isFalse();
  }

  @Test
  void waysAreOpenFromThePoolersAndFromWhatCarries() {
    var round = round(POLICY, List.of(tenant("one")), List.of(), shard("by-tenant-1", 1));
    assertThat(Policy.objects(round, NetworkPolicy.class))
        .extracting(p -> p.getMetadata().getName())
        .containsExactly("by-tenant-1-tenants", "by-tenant-1-pooled");
  }

  @Test
  void whoIsPinnedElsewhereMovesAndNoMoreThanThePolicySaysAtATime() {
    var tenants =
        List.of(
            Tenants.tenant("bots", "one", 1, "placement: {shard: by-tenant-1}"),
            Tenants.tenant("bots", "two", 2, "placement: {shard: by-tenant-1}"),
            Tenants.tenant("bots", "three", 3, "placement: {shard: nowhere}"));
    var told = List.of(registered("one", ""), registered("two", ""), registered("three", ""));
    var policy = Policy.of("by-tenant", 1, "strategy: Tenant, tenant: {}");
    var first = round(policy, tenants, told, shard("by-tenant-1", 1));
    assertThat(shelter(first, "one").shard()).isEqualTo("by-tenant-1");
    assertThat(shelter(first, "two"))
        .isEqualTo(
            new Shelter("two", "bots", "demo", true, "it moves to by-tenant-1 after others"));
    assertThat(shelter(first, "three").message())
        .isEqualTo("it stays on demo: there is no shard nowhere");

    var second = again(policy, tenants, told, first, shard("by-tenant-1", 1));
    assertThat(shelter(second, "one").shard()).isEqualTo("by-tenant-1");
    assertThat(shelter(second, "two").shard()).isEqualTo("demo");
    assertThat(phase(second)).isEqualTo(ShardPolicyPhase.RESHARDING);
    assertThat(Policy.said(second, "ReshardingActive").getMessage())
        .isEqualTo("bots/one to by-tenant-1");

    var moved =
        List.of(registered("one", "by-tenant-1"), registered("two", ""), registered("three", ""));
    var third = again(policy, tenants, moved, second, shard("by-tenant-1", 1));
    assertThat(shelter(third, "two").shard()).isEqualTo("by-tenant-1");
  }

  @Test
  void aShardThatIsDownKeepsItsTenantsAndTellsThem() {
    var told = List.of(registered("one", "by-tenant-1"), registered("two", ""));
    var round = round(POLICY, List.of(tenant("one"), tenant("two")), told, shard("by-tenant-1", 0));
    assertThat(shelter(round, "one").ready()).isFalse();
    assertThat(shelter(round, "one").shard()).isEqualTo("by-tenant-1");
    assertThat(shelter(round, "two").ready()).isTrue();
    assertThat(Policy.said(round, "Ready").getReason()).isEqualTo("ShardNotReady");
  }

  @Test
  void aSchemaStaysWhereTheDatabaseOfManyIs() {
    var shared =
        Tenants.tenant("bots", "one", 1, "isolation: Schema, placement: {shard: by-tenant-1}");
    var round =
        round(POLICY, List.of(shared), List.of(registered("one", "")), shard("by-tenant-1", 1));
    assertThat(shelter(round, "one").shard()).isEqualTo("demo");
    assertThat(shelter(round, "one").message()).contains("stays where it is");
  }

  @Test
  void whatWouldEvenOutShardsIsToldAndDoneOnceItIsApproved() {
    var tenants = new ArrayList<Tenant>();
    var told = new ArrayList<Registration>();
    for (var name : List.of("a", "b", "c", "d", "e")) {
      tenants.add(tenant(name));
      told.add(registered(name, ""));
    }
    var spec = "strategy: Tenant, maxConcurrentMoves: 2, tenant: {}";
    var policy = Policy.of("by-tenant", 1, spec);
    var round = round(policy, tenants, told, shard("by-tenant-1", 1));
    var plan = Objects.requireNonNull(status(round).plan());
    assertThat(plan.moves()).isEqualTo(2);
    assertThat(phase(round)).isEqualTo(ShardPolicyPhase.READY);
    assertThat(Policy.said(round, "PlanPending").getMessage()).contains(plan.hash());
    assertThat(shelters(round)).allMatch(s -> s.shard().equals("demo"));

    var approved = Policy.of("by-tenant", 1, spec);
    approved.getMetadata().setAnnotations(Map.of("generalbots.io/approve", plan.hash()));
    var begun = round(approved, tenants, told, shard("by-tenant-1", 1));
    assertThat(shelters(begun)).filteredOn(s -> s.shard().equals("by-tenant-1")).hasSize(2);
    // The first has arrived: what is left is another plan, and goes on all the same.
    var moving = shelters(begun).stream().filter(s -> !s.shard().equals("demo")).toList();
    told.removeIf(r -> r.tenant().equals(moving.get(0).tenant()));
    told.add(registered(moving.get(0).tenant(), "by-tenant-1"));
    var half = again(policy, tenants, told, begun, shard("by-tenant-1", 1));
    assertThat(shelter(half, moving.get(1).tenant()).shard()).isEqualTo("by-tenant-1");
    assertThat(Objects.requireNonNull(status(half).progress()).summary()).isEqualTo("50%");
  }

  @Test
  void whoIsWhereIsPublished() {
    var told = List.of(registered("one", "by-tenant-1"));
    var routing =
        Policy.objects(
                round(POLICY, List.of(tenant("one")), told, shard("by-tenant-1", 1)),
                ConfigMap.class)
            .get(0);
    assertThat(routing.getData().get("routing.json"))
        .contains("\"name\" : \"one\"", "\"shard\" : \"by-tenant-1\"");
    var sql = new TellTenants("demo", "by-tenant", Map.of("one", "by-tenant-1"));
    var first = round(POLICY, List.of(tenant("one")), told, shard("by-tenant-1", 1));
    assertThat(Policy.wishes(first)).contains(new Wish.External(sql));
    var again = round(POLICY, List.of(tenant("one")), told, shard("by-tenant-1", 1), routing);
    assertThat(Policy.wishes(again)).noneMatch(Wish.External.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "strategy: Tenant, tenant: {}, shards: {dedicated: false}; ; ShardsNotDedicated",
        "strategy: Tenant, tenant: {isolation: Schema}; ; IsolationNotServed",
        "strategy: Tenant, tenant: {}; postgres: {pooler: {enabled: false}}; PoolerNeeded",
        "strategy: Tenant, tenant: {}; 'certificates: {caSecretName: a, serverSecretName: b}';"
            + " CertificateNotShared"
      })
  void whatCannotBeIsSaid(String spec, String cluster, String reason) {
    var scene =
        new Scene(
            Policy.of("by-tenant", 1, spec),
            Optional.of(Tenants.cluster(Optional.ofNullable(cluster).orElse(""))),
            List.of());
    assertThat(scene.objection().orElseThrow().reason()).isEqualTo(reason);
  }

  @Test
  void ofTwoThatPlaceTheOlderDoes() {
    var older = Policy.of("older", 0, "strategy: Tenant, tenant: {}");
    var scene = new Scene(POLICY, Optional.of(Policy.cluster()), List.of(older));
    assertThat(scene.objection().orElseThrow().reason()).isEqualTo("TenantsTaken");
    assertThat(new Scene(older, Optional.of(Policy.cluster()), List.of(POLICY)).isSet()).isTrue();
  }

  private static Tenant tenant(String name) {
    return Tenants.tenant("bots", name, 1, "");
  }

  private static Registration registered(String tenant, String server) {
    return new Registered(tenant, "bots").on(server);
  }

  private static BotCluster shard(String name, int ready) {
    var shard = new BotCluster();
    shard.getMetadata().setName(name);
    shard.getMetadata().setNamespace("bots");
    shard.getMetadata().setLabels(Map.of(Labels.SHARD_POLICY, "by-tenant"));
    shard.setStatus(
        new BotClusterStatusBuilder()
            .components(List.of(new ComponentStatus("postgres", ready, 1, ready + "/1")))
            .build());
    return shard;
  }

  private static ShardPolicyBlueprint round(
      ShardPolicy policy, List<Tenant> tenants, List<Registration> told, HasMetadata... made) {
    var scene = new Scene(policy, Optional.of(Policy.cluster()), List.of(), List.of(), tenants);
    return Policy.round(scene, told.stream().map(Registered::secret).toList(), made);
  }

  /** A round after one whose Secrets were written. */
  private static ShardPolicyBlueprint again(
      ShardPolicy policy,
      List<Tenant> tenants,
      List<Registration> told,
      ShardPolicyBlueprint before,
      HasMetadata shard) {
    var all = new ArrayList<HasMetadata>(List.of(shard));
    Policy.objects(before, Secret.class).forEach(s -> all.add(labelled(s)));
    return round(policy, tenants, told, all.toArray(HasMetadata[]::new));
  }

  private static Secret labelled(Secret secret) {
    var labels = new HashMap<>(secret.getMetadata().getLabels());
    labels.put(Labels.COMPONENT, Shelter.COMPONENT);
    secret.getMetadata().setLabels(labels);
    secret.getMetadata().setNamespace("bots");
    return secret;
  }

  private static List<Shelter> shelters(ShardPolicyBlueprint round) {
    return Policy.objects(round, Secret.class).stream()
        .flatMap(s -> Shelter.of(labelled(s)).stream())
        .toList();
  }

  private static Shelter shelter(ShardPolicyBlueprint round, String tenant) {
    return shelters(round).stream()
        .filter(s -> s.tenant().equals(tenant))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Integer> shares(ShardPolicyBlueprint round) {
    var all = new HashMap<String, Integer>();
    for (ShardStatus shard : status(round).shards()) {
      all.put(shard.name(), shard.tenants());
    }
    return all;
  }

  private static io.generalbots.api.v1alpha1.shard.ShardPolicyStatus status(
      ShardPolicyBlueprint round) {
    return round.status(new Outcome(Map.of()));
  }

  private static ShardPolicyPhase phase(ShardPolicyBlueprint round) {
    return Objects.requireNonNull(status(round).phase());
  }
}
