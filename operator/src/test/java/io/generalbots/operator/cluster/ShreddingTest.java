package io.generalbots.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.RetainedTenant;
import io.generalbots.operator.external.tenant.ClearCache;
import io.generalbots.operator.external.tenant.ClearDrive;
import io.generalbots.operator.external.tenant.CloseDatabase;
import io.generalbots.operator.external.tenant.Orphans;
import io.generalbots.operator.external.vault.CloseVault;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.residents.Residents;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of what Tenants left that are gone. */
class ShreddingTest {

  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final List<String> STORES = List.of("postgres", "valkey", "seaweedfs");

  @Test
  void whatIsKeptIsListedAndNobodyIsLetInByIt() {
    var facts = facts(left("acme", Optional.of(NOW.plusSeconds(60))));
    assertThat(Residents.of(facts)).isEmpty();
    assertThat(status(facts))
        .containsExactly(
            new RetainedTenant(
                "acme", "team", "2026-01-01T00:00:00Z", STORES, "2026-02-01T00:01:00Z"));
    assertThat(new Shredding(cluster(""), facts).plans()).isEmpty();
    assertThat(ClusterBlueprint.nextLook(cluster(""), facts, new Outcome(Map.of())))
        .hasValueSatisfying(next -> assertThat(next).isLessThanOrEqualTo(Duration.ofMinutes(1)));
  }

  @Test
  void whenItsTimeIsOverItGoesEverywhereAndThenFromTheList() {
    var secret = left("acme", Optional.of(NOW));
    var plans = new Shredding(cluster(""), facts(secret)).plans();
    assertThat(((Plan.Apply) Objects.requireNonNull(plans.get("shred-acme"))).wishes())
        .extracting(Object::toString)
        .containsExactly(
            new Wish.External(new CloseDatabase("demo", "bots", "acme", uid(secret), false))
                .toString(),
            new Wish.External(new ClearCache("demo", "bots", "acme")).toString(),
            new Wish.External(new ClearDrive("demo", "bots", "acme", uid(secret))).toString(),
            "Remove Secret/demo-tenant-acme");
  }

  @Test
  void whatIsOfNoTimeStaysAndWhatCannotBeReachedWaits() {
    var facts = facts(left("acme", Optional.empty()));
    assertThat(new Shredding(cluster(""), facts).plans()).isEmpty();
    assertThat(new Shredding(cluster(""), facts).nextLook()).isEmpty();
    var due = facts(left("acme", Optional.of(NOW)));
    assertThat(new Shredding(cluster("hibernate: true"), due).plans()).isEmpty();
    assertThat(new Shredding(cluster("seaweedfs: {enabled: false}"), due).plans().values())
        .singleElement()
        .isInstanceOf(Plan.Hold.class);
  }

  @Test
  void aNamespaceOfTheVaultGoesTooOnceThereIsAWayIn() {
    var secret = left("acme", Optional.of(NOW), List.of("vault"));
    assertThat(new Shredding(cluster("vault: {mode: Managed}"), facts(secret)).plans().values())
        .singleElement()
        .isInstanceOf(Plan.Hold.class);
    var way =
        List.of(
            secret("demo-vault-botserver", Map.of("address", "https://demo-vault.bots:8200")),
            secret("demo-vault-operator", Map.of("password", "made-up")));
    var facts = facts(secret, way.get(0), way.get(1));
    assertThat(new Shredding(cluster("vault: {mode: Managed}"), facts).plans().values())
        .singleElement()
        .isInstanceOfSatisfying(
            Plan.Apply.class,
            plan ->
                assertThat(plan.wishes())
                    .first()
                    .isInstanceOfSatisfying(
                        Wish.External.class,
                        w -> assertThat(w.step()).isInstanceOf(CloseVault.class)));
  }

  private static Secret secret(String name, Map<String, String> text) {
    return Secrets.opaque(new ObjectMetaBuilder().withName(name).build(), text);
  }

  @Test
  void whatBelongsToNobodyIsNamed() {
    assertThat(Sweep.condition(facts())).isEmpty();
    var none = new Orphans(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    assertThat(swept(none).getStatus()).isEqualTo("False");
    var found =
        swept(
            new Orphans(
                List.of("t_lost"),
                List.of(),
                List.of("lost.gbai"),
                List.of("t~lost~kb"),
                List.of("t-lost"),
                List.of("Qdrant")));
    assertThat(found.getStatus()).isEqualTo("True");
    assertThat(found.getMessage())
        .contains(
            "role t_lost, bucket lost.gbai, collection t~lost~kb, namespace of the vault t-lost;"
                + " nobody could look into Qdrant");
  }

  private static Condition swept(Orphans orphans) {
    var seen = new Surroundings(List.of(), Set.of(), Optional.empty(), Set.of(orphans));
    return Sweep.condition(facts().in(seen)).orElseThrow();
  }

  private static List<RetainedTenant> status(Facts facts) {
    return ClusterStatus.of(cluster(""), facts, Map.of(), new Outcome(Map.of())).retained();
  }

  private static String uid(Secret secret) {
    return Remains.of(secret).orElseThrow().uid();
  }

  private static Secret left(String tenant, Optional<Instant> until) {
    return left(tenant, until, STORES);
  }

  private static Secret left(String tenant, Optional<Instant> until, List<String> stores) {
    var registration = new Registered(tenant, "team").registration();
    var since = Instant.parse("2026-01-01T00:00:00Z");
    var secret = new Remains(registration, since, until, stores).secret("demo");
    var labels = new HashMap<>(secret.getMetadata().getLabels());
    labels.put(Labels.COMPONENT, Remains.COMPONENT);
    secret.getMetadata().setLabels(labels);
    return secret;
  }

  private static Facts facts(Secret... secrets) {
    return new Facts(NOW, new SecureEntropy(), List.of(secrets), World.SETTINGS);
  }

  private static BotCluster cluster(String spec) {
    return Tenants.cluster(spec.isEmpty() ? "profile: Minimal" : spec);
  }
}
