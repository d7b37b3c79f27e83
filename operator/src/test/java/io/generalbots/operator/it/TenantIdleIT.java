package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.e2e.AuditLog;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tenants of whom nobody wants anything; the one asks for what the other has, in vain. */
@Timeout(240)
class TenantIdleIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE = "e2e-kernel-tenant-idle";
  private static final Subject SUBJECT = new Subject(CLIENT, NAMESPACE);
  private static final Customer ACME = new Customer(CLIENT, NAMESPACE, "acme");
  private static final Customer RIVAL = new Customer(CLIENT, NAMESPACE, "rival");
  private static final AuditLog LOG = AuditLog.ofNode();
  private static final long WINDOW_SECONDS = 20;

  @BeforeAll
  static void twoThatWait() {
    Customer.giveUpAll(CLIENT, NAMESPACE);
    SUBJECT.begin(Subject.ASLEEP);
    ACME.create("hosts: [chat.example.com], bots: [{name: sales}]");
    ACME.awaitTold("Ready", "StoreNotReady");
    RIVAL.create("hosts: [chat.example.com]");
    RIVAL.awaitTold("Stalled", "HostTaken");
  }

  @AfterAll
  static void remove() {
    Customer.giveUpAll(CLIENT, NAMESPACE);
    SUBJECT.end();
  }

  @Test
  void nothingIsWrittenAndNothingIsReadWhileNothingChanges() throws InterruptedException {
    Quiet.settle(CLIENT, NAMESPACE);
    var before = List.of(ACME.resource().require(), RIVAL.resource().require());
    var since = Instant.now();
    Quiet.await(CLIENT, NAMESPACE, WINDOW_SECONDS);
    assertThat(LOG.of(Operator.user(CLIENT, NAMESPACE)))
        .filteredOn(r -> r.isIn(NAMESPACE, since))
        .allMatch(AuditLog.Request::isOfAWatch);
    assertThat(List.of(ACME.resource().require(), RIVAL.resource().require())).isEqualTo(before);
  }
}
