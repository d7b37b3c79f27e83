package io.generalbots.operator.external;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kernel.StepDriver;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Changes the primary with the clients held back by the pooler, so that no transaction fails: pause
 * the poolers, let Patroni hand over, and resume once writes reach the new primary. Whatever can be
 * done beforehand is: connections, secrets, and the bulk of the shutdown's checkpoint.
 */
public final class SwitchoverDriver implements StepDriver<Switchover> {

  private static final Logger LOG = Logger.getLogger(SwitchoverDriver.class);
  private static final Duration HANDOVER_LIMIT = Duration.ofSeconds(12);
  private static final Duration SERVICE_LIMIT = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final Patroni patroni;
  private final PostgresSessions sessions;
  private final PrimaryService primary;
  private final Checkpoint checkpoint;

  public SwitchoverDriver(KubernetesClient client, Vertx vertx) {
    this.client = client;
    this.patroni = new Patroni(vertx);
    this.sessions = new PostgresSessions(vertx);
    this.primary = new PrimaryService(vertx);
    this.checkpoint = new Checkpoint(sessions);
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
    var lookup = login(members, "-pooler-auth");
    var leader = members.address(step.leader());
    checkpoint.write(leader, lookup);
    try (var handover = patroni.connect(leader, login(members, "-patroni"));
        var poolers = openPoolers(members)) {
      var service = members.primaryService();
      var watch = Stopwatch.start();
      poolers.pause();
      watch.lap("paused");
      promote(step, members, handover);
      watch.lap("promoted");
      awaitWrites(service, lookup);
      LOG.infof("switchover to %s: %s", step.candidate(), watch.lap("reached"));
    }
  }

  private Poolers openPoolers(Members members) {
    var addresses = members.poolers();
    return addresses.isEmpty()
        ? Poolers.NONE
        : Poolers.open(sessions, login(members, "-pooler-admin"), addresses);
  }

  private static void promote(Switchover step, Members members, Patroni.Handover handover) {
    var promoted = members.becomesPrimary(step.candidate());
    handover.ask(step).onFailure(promoted::completeExceptionally);
    Waiting.within(HANDOVER_LIMIT, "making %s primary".formatted(step.candidate()), promoted);
  }

  private void awaitWrites(String service, ServerLogin lookup) {
    var writes = primary.takesWrites(service, lookup, SERVICE_LIMIT);
    Waiting.within(SERVICE_LIMIT, "writing through the primary's service", writes);
  }

  private ServerLogin login(Members members, String secret) {
    var cluster = members.cluster();
    return ServerLogin.of(client, members.namespace(), cluster, cluster + secret);
  }
}
