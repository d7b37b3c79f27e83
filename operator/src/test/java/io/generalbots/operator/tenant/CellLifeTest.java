package io.generalbots.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.api.v1alpha1.tenant.StoreStatus;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.external.tenant.ClaimBuckets;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A Tenant with a Cell, from its beginning to its end. */
class CellLifeTest {

  private static final String CELL = "isolation: Cell, bots: [{name: sales}]";
  private static final Outcome NOTHING = new Outcome(Map.of());
  private static final Map<String, String> LOGIN =
      Map.of("username", "u", "password", "p", "host", "h", "port", "1", "dbname", "botserver");

  private static final Settings SETTINGS = new Settings("operators", "cluster.local", Map.of());

  private Tenant tenant = Tenants.tenant("team", "acme", 1, CELL);
  private final List<HasMetadata> home = new ArrayList<>();
  private final List<Secret> abroad = new ArrayList<>();
  private final List<Secret> published = new ArrayList<>();

  @Test
  void itsBotClusterIsMadeAndNothingInTheStoresOfTheOther() {
    var plans = blueprint().atHome();
    assertThat(plans).doesNotContainKeys("seed", "botserver");
    var cell = (BotCluster) objects(plans, "cell").get(0);
    assertThat(cell.getMetadata().getName()).isEqualTo("acme-cell");
    assertThat(objects(plans, "cell").stream().map(o -> o.getMetadata().getName()))
        .containsExactly("acme-cell", "acme-cell-bots", "acme-cell-rooms");
    var registration = told();
    assertThat(registration.cell()).isTrue();
    assertThat(registration.cache()).isEmpty();
    assertThat(registration.drive()).isEmpty();
    assertThat(registration.bots()).isEmpty();
    assertThat(status().phase()).isEqualTo(TenantPhase.PROVISIONING);
  }

  @Test
  void whatTheCellSaysIsWhatTheTenantSays() {
    abroad.add(labelled(registered(tenant), Registration.COMPONENT));
    runs(condition("Ready", "True", "AllReady"), condition("PostgresReady", "True", "Ready"));
    publish("app", LOGIN);
    assertThat(status().isolation()).isEqualTo(Isolation.CELL);
    assertThat(ready().getReason()).isEqualTo("Provisioning");
    handOn();
    var status = status();
    assertThat(status.secretName()).isEqualTo("acme-postgres");
    assertThat(status.database()).isEqualTo("botserver");
    assertThat(status.stores())
        .extracting(StoreStatus::name)
        .containsExactly("postgres", "valkey", "qdrant", "seaweedfs", "livekit", "vault");
    runs(condition("Ready", "False", "NoPrimary"));
    assertThat(ready().getReason()).isEqualTo("NoPrimary");
    assertThat(ready().getMessage()).startsWith("acme-cell: ");
  }

  /** What was said of a former spec may be true no more. */
  @Test
  void wordsOfAFormerSpecAreNotBelieved() {
    runs(condition("Ready", "True", "AllReady"));
    cell().getMetadata().setGeneration(2L);
    assertThat(ready().getReason()).isEqualTo("Provisioning");
  }

  @Test
  void bucketsAreMadeInTheCellOnceItsStoreRunsAndTheSecretRemembersThem() {
    runs();
    publish("s3", LOGIN);
    var wishes = wishes(blueprint().atHome(), "seaweedfs");
    assertThat(wishes.get(1))
        .isInstanceOfSatisfying(
            Wish.External.class,
            step ->
                assertThat(step.step())
                    .isEqualTo(
                        new ClaimBuckets(
                            "acme-cell",
                            "team",
                            "acme",
                            "cell",
                            List.of("sales.gbai"),
                            Optional.empty(),
                            true,
                            true)));
    handOn();
    assertThat(wishes(blueprint().atHome(), "seaweedfs")).hasSize(1);
    assertThat(status().buckets()).containsExactly("sales.gbai");
  }

  @Test
  void whatAStrangerPublishesUnderItsNameIsNotHandedOn() {
    publish("app", LOGIN);
    publish("valkey", LOGIN);
    abroad.add(registered(tenant).secret("demo", false));
    assertThat(blueprint().atHome().get("postgres")).isInstanceOf(Plan.Hold.class);
  }

  @Test
  void isolationThatWasChangedLosesNothing() {
    abroad.add(labelled(registered(tenant), Registration.COMPONENT));
    assertThat(reason("Stalled")).isEqualTo("NotStalled");
    tenant = Tenants.tenant("team", "acme", 1, "bots: []");
    assertThat(reason("Stalled")).isEqualTo("IsolationChanged");
    assertThat(blueprint().atHome()).isEmpty();
    runs(condition("Ready", "True", "AllReady"));
    assertThat(farewell().atHome()).containsOnlyKeys("cell");
  }

  @Test
  void whatACellLeftIsForWhoAsksForItWithACell() {
    publish("superuser", LOGIN);
    assertThat(reason("Stalled")).isEqualTo("DataRetained");
    tenant = Tenants.tenant("team", "acme", 1, CELL + ", adopt: true");
    assertThat(reason("Stalled")).isEqualTo("NotStalled");
    var former = registered(Tenants.tenant("team", "acme", 1, CELL));
    abroad.add(left(former, "u-former"));
    assertThat(reason("Stalled")).isEqualTo("NotStalled");
    tenant = Tenants.tenant("team", "acme", 1, "adopt: true");
    assertThat(reason("Stalled")).isEqualTo("DataRetained");
  }

  /** Its own, when somebody deleted the Cell by hand. */
  @Test
  void aCellThatWasTakenAwayComesBackToItsData() {
    publish("superuser", LOGIN);
    abroad.add(labelled(registered(tenant), Registration.COMPONENT));
    assertThat(reason("Stalled")).isEqualTo("NotStalled");
    assertThat(blueprint().atHome()).containsKey("cell");
  }

  @Test
  void atItsEndTheVolumesGoByThePolicyBeforeTheCellDoes() {
    tenant = Tenants.tenant("team", "acme", 1, CELL + ", reclaimPolicy: Delete");
    abroad.add(labelled(registered(tenant), Registration.COMPONENT));
    runs(condition("Ready", "True", "AllReady"));
    assertThat(farewell().isDone(NOTHING)).isFalse();
    assertThat(farewell().afterwards(NOTHING)).isEmpty();
    var wished = (BotCluster) objects(farewell().atHome(), "cell").get(0);
    assertThat(wished.getSpec().reclaimPolicy()).isEqualTo(ReclaimPolicy.DELETE);
    wished.getMetadata().setGeneration(1L);
    wished.setStatus(cell().getStatus());
    home.set(0, wished);
    assertThat(farewell().isDone(NOTHING)).isTrue();
    assertThat(farewell().afterwards(NOTHING)).containsOnlyKeys("tenant", "retained");
  }

  @Test
  void whatStaysIsWrittenDownWithoutATime() {
    tenant = Tenants.tenant("team", "acme", 1, CELL + ", retainFor: 1d");
    abroad.add(labelled(registered(tenant), Registration.COMPONENT));
    runs(condition("Ready", "True", "AllReady"));
    var secret = (Secret) objects(farewell().abroad(), Remains.COMPONENT).get(0);
    secret.getMetadata().getLabels().put(Labels.COMPONENT, Remains.COMPONENT);
    var remains = Remains.of(secret).orElseThrow();
    assertThat(remains.stores()).containsExactly("cell");
    assertThat(remains.shredAfter()).isEmpty();
    assertThat(remains.registration().cell()).isTrue();
    assertThat(farewell().news(NOTHING))
        .anyMatch(n -> n.message().contains("acme-cell") && n.message().contains("spec.adopt"));
    assertThat(condition(status(), "ConfigurationWarning").getMessage()).contains("retainFor");
  }

  /** Made with nothing said beyond what every one of these Tenants says. */
  private void runs(Condition... conditions) {
    var made = Tenants.tenant("team", "acme", 1, CELL);
    var near = new Neighbourhood(Optional.of(Tenants.openCluster()), List.of(made), List.of());
    var nothing = new Facts(Instant.EPOCH, new SecureEntropy(), List.of(), SETTINGS);
    var plans = new TenantBlueprint(made, nothing, near).atHome();
    var cell = (BotCluster) objects(plans, "cell").get(0);
    cell.getMetadata().setGeneration(1L);
    cell.setStatus(
        new BotClusterStatusBuilder()
            .observedGeneration(1L)
            .components(Tenants.openCluster().getStatus().components())
            .conditions(List.of(conditions))
            .build());
    home.removeIf(BotCluster.class::isInstance);
    home.add(0, cell);
  }

  private BotCluster cell() {
    return (BotCluster) home.get(0);
  }

  private void publish(String suffix, Map<String, String> values) {
    var meta = new ObjectMetaBuilder().withName("acme-cell-" + suffix).build();
    published.add(Secrets.opaque(meta, values));
  }

  /** What is wished of Secrets is there; of two, the last. */
  private void handOn() {
    var secrets = new HashMap<String, HasMetadata>();
    blueprint().atHome().values().stream()
        .flatMap(CellLifeTest::objects)
        .filter(Secret.class::isInstance)
        .forEach(s -> secrets.put(s.getMetadata().getName(), s));
    home.addAll(secrets.values());
  }

  private Registration told() {
    return blueprint().abroad(facts()).values().stream()
        .flatMap(CellLifeTest::objects)
        .flatMap(o -> Registration.of((Secret) o).stream())
        .findFirst()
        .orElseThrow();
  }

  private static Registration registered(Tenant tenant) {
    var near = new Neighbourhood(Optional.of(Tenants.openCluster()), List.of(tenant), List.of());
    var facts = new Facts(Instant.EPOCH, new SecureEntropy(), List.of(), SETTINGS);
    return new TenantBlueprint(tenant, facts, near)
        .abroad(facts).values().stream()
            .flatMap(CellLifeTest::objects)
            .flatMap(o -> Registration.of((Secret) o).stream())
            .findFirst()
            .orElseThrow();
  }

  private static Secret left(Registration of, String uid) {
    var former =
        new Registration(
            of.tenant(),
            of.namespace(),
            uid,
            of.hosts(),
            of.bots(),
            of.suspended(),
            of.allowance(),
            of.cache(),
            of.drive(),
            of.rooms(),
            of.vectors(),
            of.ownServers(),
            of.cell(),
            of.schema(),
            of.restraints(),
            "",
            "");
    var remains = new Remains(former, Instant.EPOCH, Optional.empty(), List.of("cell"));
    var secret = remains.secret("demo");
    return labelled(secret, Remains.COMPONENT);
  }

  private static Secret labelled(Registration registration, String component) {
    return labelled(registration.secret("demo", false), component);
  }

  private static Secret labelled(Secret secret, String component) {
    var labels = new HashMap<>(secret.getMetadata().getLabels());
    labels.put(Labels.COMPONENT, component);
    secret.getMetadata().setLabels(labels);
    return secret;
  }

  private static List<Wish> wishes(Map<String, Plan> plans, String component) {
    return ((Plan.Apply) Objects.requireNonNull(plans.get(component))).wishes();
  }

  private static List<HasMetadata> objects(Map<String, Plan> plans, String component) {
    return objects(Objects.requireNonNull(plans.get(component))).toList();
  }

  private static Stream<HasMetadata> objects(Plan plan) {
    if (plan instanceof Plan.Failed failed) {
      throw failed.cause();
    }
    return plan instanceof Plan.Apply apply
        ? apply.wishes().stream().flatMap(w -> Wishes.object(w).stream())
        : Stream.of();
  }

  private TenantBlueprint blueprint() {
    return new TenantBlueprint(tenant, facts(), near());
  }

  private Farewell farewell() {
    return new Farewell(tenant, facts(), near());
  }

  private TenantStatus status() {
    return blueprint().status(NOTHING);
  }

  private Condition ready() {
    return condition(status(), "Ready");
  }

  private String reason(String type) {
    return condition(status(), type).getReason();
  }

  private static Condition condition(TenantStatus status, String type) {
    return status.conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .findFirst()
        .orElseThrow();
  }

  private static Condition condition(String type, String status, String reason) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage("said so")
        .build();
  }

  private Facts facts() {
    return new Facts(Instant.EPOCH, new SecureEntropy(), home, SETTINGS)
        .in(new Surroundings(published, Set.of()));
  }

  private Neighbourhood near() {
    return new Neighbourhood(Optional.of(Tenants.openCluster()), List.of(tenant), abroad);
  }
}
