package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.tenant.StoreState;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Tenants of a BotCluster that sleeps: all that is written, and stores that nobody can reach. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class TenantIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE = "e2e-kernel-tenant";
  private static final Subject SUBJECT = new Subject(CLIENT, NAMESPACE);
  private static final Customer ACME = new Customer(CLIENT, NAMESPACE, "acme");
  private static final Customer RIVAL = new Customer(CLIENT, NAMESPACE, "rival");

  @BeforeAll
  static void nothing() {
    Customer.giveUpAll(CLIENT, NAMESPACE);
    SUBJECT.empty();
  }

  @AfterAll
  static void remove() {
    Customer.giveUpAll(CLIENT, NAMESPACE);
    SUBJECT.end();
  }

  @Test
  @Order(1)
  void itWaitsForItsBotClusterAndIsWokenWhenThatIsThere() {
    ACME.create("hosts: [chat.example.com], bots: [{name: sales}]");
    ACME.awaitTold("Ready", "ClusterNotFound");
    assertThat(ACME.resource().require().getStatus().phase()).isEqualTo(TenantPhase.PENDING);
    SUBJECT.create(Subject.ASLEEP);
    ACME.awaitTold("Ready", "StoreNotReady");
  }

  @Test
  @Order(2)
  void theBotClusterIsToldOfItAndItsCredentialsAreMade() {
    SUBJECT.await(Secret.class, "acme-seed", s -> s.getData().containsKey("seed"));
    var registration = registration("acme");
    assertThat(registration.hosts()).containsExactly("chat.example.com");
    assertThat(registration.bots()).containsExactly("sales");
    assertThat(registration.cache()).hasSize(1);
    var status = ACME.resource().require().getStatus();
    assertThat(status.phase()).isEqualTo(TenantPhase.PROVISIONING);
    assertThat(status.stores())
        .hasSize(2)
        .allMatch(s -> s.state() == StoreState.PENDING)
        .allMatch(s -> s.message() != null && s.message().contains("no instance"));
    assertThat(ACME.resource().require().getMetadata().getFinalizers()).hasSize(1);
  }

  @Test
  @Order(3)
  void whatAnotherHasIsNotGivenUntilItIsLetGo() {
    RIVAL.create("hosts: [chat.example.com, rival.example.com]");
    var told = RIVAL.awaitTold("Stalled", "HostTaken");
    assertThat(told.getMessage()).contains("chat.example.com").contains("Tenant acme");
    assertThat(registration("rival").hosts()).containsExactly("rival.example.com");
    ACME.patch("{\"hosts\":[]}");
    RIVAL.awaitTold("Stalled", "NotStalled");
    SUBJECT.await(
        Secret.class,
        Registration.secretName(Subject.NAME, "rival"),
        s -> Registration.of(s).filter(r -> r.hosts().size() == 2).isPresent());
  }

  @Test
  @Order(4)
  void aStoreThatDoesNotAnswerHoldsTheEndUpUntilItIsGivenUp() {
    ACME.resource().delete();
    var deleting = ACME.await(t -> Objects.equals(t.getStatus().phase(), TenantPhase.DELETING));
    assertThat(deleting.getStatus().conditions().get(0).getMessage()).contains("force-delete");
    SUBJECT.await(
        Secret.class,
        Registration.secretName(Subject.NAME, "acme"),
        s -> Remains.of(s).filter(r -> r.registration().cache().isEmpty()).isPresent());
    ACME.annotate("generalbots.io/force-delete", "true");
    ACME.awaitGone();
    SUBJECT.awaitGone(Secret.class, "acme-seed");
  }

  @Test
  @Order(5)
  void withItsBotClusterNothingIsLeftToBeDone() {
    SUBJECT.resource().delete();
    SUBJECT.awaitGone(Secret.class, Registration.secretName(Subject.NAME, "rival"));
    RIVAL.awaitTold("Ready", "ClusterNotFound");
    RIVAL.resource().delete();
    RIVAL.awaitGone();
  }

  private static Registration registration(String tenant) {
    var name = Registration.secretName(Subject.NAME, tenant);
    return Registration.of(SUBJECT.await(Secret.class, name, s -> Registration.of(s).isPresent()))
        .orElseThrow();
  }
}
