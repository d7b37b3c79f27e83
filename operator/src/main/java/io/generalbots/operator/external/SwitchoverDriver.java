package io.generalbots.operator.external;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kernel.StepDriver;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Changes the primary with the clients held back by the pooler, so that no transaction fails: pause
 * the poolers, let Patroni hand over, and resume once writes reach the new primary.
 */
public final class SwitchoverDriver implements StepDriver<Switchover> {

  private static final Duration HANDOVER_LIMIT = Duration.ofSeconds(12);
  private static final Duration SERVICE_LIMIT = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final Patroni patroni;
  private final PostgresSessions sessions;
  private final PrimaryService primary;

  public SwitchoverDriver(KubernetesClient client, Vertx vertx) {
    this.client = client;
    this.patroni = new Patroni(vertx);
    this.sessions = new PostgresSessions(vertx);
    this.primary = new PrimaryService(vertx, sessions);
  }

  @Override
  public Class<Switchover> type() {
    return Switchover.class;
  }

  @Override
  public void perform(Switchover step, String namespace) {
    var members = new Members(client, namespace, step.cluster());
    if (members.isPrimary(step.candidate())) {
      return;
    }
    var handover = prepare(step, members);
    try (var poolers = openPoolers(members)) {
      poolers.pause();
      handover.run();
    }
  }

  private Poolers openPoolers(Members members) {
    var addresses = members.poolers();
    return addresses.isEmpty()
        ? Poolers.NONE
        : Poolers.open(sessions, login(members, "-pooler-admin"), addresses);
  }

  /** Reads all that is needed, so that the clients wait for nothing but the handover itself. */
  private Runnable prepare(Switchover step, Members members) {
    var rest = login(members, "-patroni");
    var lookup = login(members, "-pooler-auth");
    var leader = members.address(step.leader());
    var service = members.primaryService();
    return () -> {
      var promoted = members.becomesPrimary(step.candidate());
      patroni.switchover(leader, rest, step).onFailure(promoted::completeExceptionally);
      Waiting.within(HANDOVER_LIMIT, "making %s primary".formatted(step.candidate()), promoted);
      var writes = primary.takesWrites(service, lookup, SERVICE_LIMIT);
      Waiting.within(SERVICE_LIMIT, "writing through the primary's service", writes);
    };
  }

  private ServerLogin login(Members members, String secret) {
    var cluster = members.cluster();
    return ServerLogin.of(client, members.namespace(), cluster, cluster + secret);
  }
}
