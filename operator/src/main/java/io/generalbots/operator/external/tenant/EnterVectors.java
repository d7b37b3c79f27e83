package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;

/**
 * Sees that the door before Qdrant lets a tenant's key in, and that Qdrant answers it; unfinished
 * until then.
 *
 * @param cluster the name of the BotCluster
 * @param namespace where that is
 * @param login what is tried
 */
public record EnterVectors(String cluster, String namespace, Credential login)
    implements ServerStep {

  @Override
  public String server() {
    return Servers.ofVectors(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "VectorsEntered",
        "the gateway of BotCluster %s lets %s in to collections".formatted(cluster, login.name()));
  }
}
