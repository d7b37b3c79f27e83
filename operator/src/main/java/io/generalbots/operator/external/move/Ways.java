package io.generalbots.operator.external.move;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.Members;
import io.generalbots.operator.external.PostgresSessions;
import io.generalbots.operator.external.Rerouting;
import io.generalbots.operator.external.ServerLogin;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.external.tenant.Copy;
import io.generalbots.operator.kube.Part;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.Optional;

/**
 * The ways to the servers and the poolers of a move.
 *
 * @param client reads where they are
 * @param sessions opens them
 */
record Ways(KubernetesClient client, PostgresSessions sessions) {

  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final int PORT = 5432;

  /** What a database says into which nobody is let. */
  private static final String NOT_OPEN = "55000";

  /** Into a copy, as the mover; empty if nobody is let in. */
  Optional<MoverSession> into(Copy copy, HandOver step) {
    var address = new Members(client, copy.namespace(), copy.cluster()).primaryService();
    var login =
        new ServerLogin(
            step.mover().name(),
            step.mover().password(),
            ServerLogin.authority(client, copy.namespace(), copy.cluster()));
    var name = "the server of BotCluster " + copy.cluster();
    try {
      var opened = sessions.open(address, PORT, copy.database(), login);
      return Optional.of(MoverSession.of(Waiting.within(PATIENCE, name, opened), name));
    } catch (StepFailure e) {
      if (e.getCause() instanceof PgException said && NOT_OPEN.equals(said.getSqlState())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** To the poolers that clients come by. */
  Rerouting poolers(HandOver step) {
    var members = new Members(client, step.from().namespace(), step.cluster());
    var login =
        ServerLogin.of(
            client, members.namespace(), members.cluster(), members.cluster() + "-pooler-admin");
    return Rerouting.open(sessions, login, members.everyPooler());
  }

  /** How poolers call the server with a copy. */
  static String host(Copy copy) {
    return new Part(copy.cluster(), "postgres").name("rw");
  }
}
