package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an application reaches the store, as the keys of the published Secret.
 *
 * @param situation the cluster
 */
record Connection(Situation situation) {

  private static final String CA = "ca.crt";

  /** All but the login, which is the user's. */
  Map<String, String> keys(Bucket bucket) {
    var host = situation.host(situation.part(Role.S3).name());
    var keys = new TreeMap<String, String>();
    keys.put("host", host);
    keys.put("port", Integer.toString(Role.S3.port()));
    keys.put("uri", "http://%s:%d".formatted(host, Role.S3.port()));
    keys.put("tls-port", Integer.toString(Names.HTTPS_PORT));
    keys.put("tls-uri", "https://%s:%d".formatted(host, Names.HTTPS_PORT));
    keys.put("region", Names.REGION);
    keys.put("bucket", bucket.name());
    situation
        .facts()
        .find(Secret.class, situation.part().name(Names.SERVER_CERTIFICATE))
        .map(s -> Secrets.text(s, CA))
        .filter(ca -> !ca.isEmpty())
        .ifPresent(ca -> keys.put(CA, ca));
    return keys;
  }
}
