package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import java.util.TreeMap;

/**
 * How clients reach Qdrant, as the keys of the published Secret. The key {@code api-key} is the
 * user's to add: no other is ever written here, so it stays.
 *
 * @param situation the peers
 */
record Connection(Situation situation) {

  /** The Secret; it outlives the cluster if volumes do, since it may hold the user's key. */
  Wish wish() {
    Secret secret = Secrets.opaque(situation.part().meta(), keys());
    return situation.retains() ? new Wish.Kept(secret) : new Wish.Managed(secret);
  }

  private Map<String, String> keys() {
    var host = situation.host(situation.part().name());
    var keys = new TreeMap<String, String>();
    keys.put("host", host);
    keys.put("port", Integer.toString(Names.HTTP_PORT));
    keys.put("grpc-port", Integer.toString(Names.GRPC_PORT));
    keys.put("uri", "%s://%s:%d".formatted(situation.scheme(), host, Names.HTTP_PORT));
    if (situation.servesTls()) {
      situation
          .certificate()
          .map(s -> Secrets.text(s, Names.AUTHORITY))
          .ifPresent(pem -> keys.put(Names.AUTHORITY, pem));
    }
    return keys;
  }
}
