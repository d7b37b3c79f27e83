package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.RetainedTenant;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.e2e.AuditLog;
import io.generalbots.operator.residents.Registration;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A Tenant with a Cell, which sleeps: all that is written of it, and by whom. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class TenantCellIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String HOME = "e2e-kernel-cell";
  private static final String HERE = "{name: demo, namespace: %s}".formatted(HOME);
  private static final String ADMITS =
      Subject.ASLEEP
          + ", tenants: {allowedNamespaces: {from: Selector, selector: {matchLabels:"
          + " {kubernetes.io/metadata.name: e2e-kernel-cell-team}}}}";
  private static final String CELL =
      "isolation: Cell, suspend: true, hosts: [acme.example.com], botserver: {enabled: false}";
  private static final int UNPROCESSABLE = 422;
  private static final long WINDOW_SECONDS = 20;
  private static final AuditLog LOG = AuditLog.ofNode();
  private static final Subject SUBJECT = new Subject(CLIENT, HOME);
  private static final Team TEAM = Team.of(CLIENT, "e2e-kernel-cell-team");
  private static final Subject TEAMS = new Subject(CLIENT, TEAM.namespace());

  @BeforeAll
  static void aTeamThatIsAdmitted() {
    TEAM.begin();
    SUBJECT.begin(ADMITS);
  }

  @AfterAll
  static void remove() {
    TEAM.end();
    SUBJECT.end();
    TEAM.close();
  }

  @Test
  @Order(1)
  void aBotClusterIsMadeForItAndRunsAsAnyOther() {
    TEAM.tenant("acme").createOn(HERE, CELL);
    awaitPhase(TenantPhase.SUSPENDED);
    var cell = TEAMS.the(BotCluster.class, "acme-cell").require();
    assertThat(cell.getSpec().hibernate()).isTrue();
    assertThat(cell.getSpec().gateway().enabled()).isFalse();
    assertThat(cell.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("Tenant"));
    assertThat(TEAMS.the(NetworkPolicy.class, "acme-cell-bots").get()).isNotNull();
    TEAMS.await(Secret.class, "acme-postgres", s -> s.getData().containsKey("ca.crt"));
    TEAMS.await(Secret.class, "acme-valkey", s -> s.getData().containsKey("uri"));
    var status = TEAM.tenant("acme").resource().require().getStatus();
    assertThat(status.isolation()).isEqualTo(Isolation.CELL);
    assertThat(status.stores()).extracting("name").containsExactly("postgres", "valkey");
    assertThat(registration().cell()).isTrue();
    assertThat(registration().cache()).isEmpty();
  }

  @Test
  @Order(2)
  void anEditOfTheCellIsPutBackAndWhoDeletesItGetsItBack() {
    edit(
        "{\"spec\":{\"gateway\":{\"enabled\":true}},\"metadata\":{\"labels\":{\"generalbots.io/tenant\":null}}}");
    TEAMS.await(
        BotCluster.class,
        "acme-cell",
        c ->
            Boolean.FALSE.equals(c.getSpec().gateway().enabled())
                && "acme".equals(c.getMetadata().getLabels().get("generalbots.io/tenant")));
    var former = TEAMS.the(BotCluster.class, "acme-cell").require().getMetadata().getUid();
    var password = TEAMS.the(Secret.class, "acme-postgres").require().getData().get("password");
    TEAMS.the(BotCluster.class, "acme-cell").delete();
    TEAMS.await(BotCluster.class, "acme-cell", c -> !former.equals(c.getMetadata().getUid()));
    awaitPhase(TenantPhase.SUSPENDED);
    assertThat(TEAMS.the(Secret.class, "acme-postgres").require().getData())
        .containsEntry("password", password);
  }

  @Test
  @Order(3)
  void theTeamHasNoWayIntoIt() {
    var cells = TEAM.client().resources(BotCluster.class).inNamespace(TEAM.namespace());
    assertThatThrownBy(() -> cells.withName("acme-cell").delete())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> assertThat(e.getCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN));
    var other = TEAM.tenant("other");
    other.createOn("{name: acme-cell}", "hosts: [other.example.com]");
    other.awaitTold("Stalled", "CellNotShared");
    other.resource().delete();
    other.awaitGone();
    assertThat(TEAMS.the(Secret.class, "acme-cell-tenant-other").get()).isNull();
  }

  @Test
  @Order(4)
  void isolationThatWasLeftOutStaysWhatItIs() {
    var plain = TEAM.tenant("plain");
    plain.createOn(HERE, "suspend: true");
    assertThatThrownBy(() -> plain.patch("{\"isolation\":\"Cell\"}"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(UNPROCESSABLE));
    plain.patch("{\"isolation\":\"Database\"}");
    plain.annotate("generalbots.io/force-delete", "true");
    plain.resource().delete();
    plain.awaitGone();
  }

  @Test
  @Order(5)
  void nothingIsWrittenWhileNothingChanges() throws InterruptedException {
    awaitPhase(TenantPhase.SUSPENDED);
    Quiet.settle(CLIENT, TEAM.namespace());
    var since = Instant.now();
    Quiet.await(CLIENT, TEAM.namespace(), WINDOW_SECONDS);
    assertThat(LOG.of(Operator.user(CLIENT, TEAM.namespace())))
        .filteredOn(r -> r.isIn(TEAM.namespace(), since))
        .allMatch(AuditLog.Request::isOfAWatch);
  }

  @Test
  @Order(6)
  void whatItLeavesIsForWhoAsksForItWithACell() {
    var acme = TEAM.tenant("acme");
    var password = TEAMS.the(Secret.class, "acme-postgres").require().getData().get("password");
    acme.resource().delete();
    acme.awaitGone();
    TEAMS.awaitGone(BotCluster.class, "acme-cell");
    var retained =
        SUBJECT.await(
            c -> c.getStatus().retained().stream().anyMatch(r -> "acme".equals(r.tenant())), 60);
    assertThat(retained.getStatus().retained())
        .filteredOn(r -> "acme".equals(r.tenant()))
        .extracting(RetainedTenant::stores)
        .containsExactly(List.of("cell"));
    acme.createOn(HERE, CELL);
    acme.awaitTold("Stalled", "DataRetained");
    acme.patch("{\"adopt\":true}");
    awaitPhase(TenantPhase.SUSPENDED);
    assertThat(TEAMS.the(Secret.class, "acme-postgres").require().getData())
        .containsEntry("password", password);
  }

  @Test
  @Order(7)
  void withDeleteNothingIsLeft() {
    var acme = TEAM.tenant("acme");
    acme.patch("{\"adopt\":false,\"reclaimPolicy\":\"Delete\"}");
    acme.resource().delete();
    acme.awaitGone();
    TEAMS.awaitGone(BotCluster.class, "acme-cell");
    TEAMS.awaitGone(Secret.class, "acme-cell-app");
    TEAMS.awaitGone(Secret.class, "acme-cell-superuser");
    SUBJECT.awaitGone(Secret.class, Registration.secretName(Subject.NAME, "acme"));
  }

  private static void edit(String patch) {
    TEAMS.the(BotCluster.class, "acme-cell").patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private static void awaitPhase(TenantPhase phase) {
    TEAM.tenant("acme")
        .await(
            t ->
                phase == t.getStatus().phase()
                    && Objects.equals(
                        t.getStatus().observedGeneration(), t.getMetadata().getGeneration()));
  }

  private static Registration registration() {
    var name = Registration.secretName(Subject.NAME, "acme");
    return Registration.of(SUBJECT.await(Secret.class, name, s -> Registration.of(s).isPresent()))
        .orElseThrow();
  }
}
