package io.generalbots.operator.external;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kube.Secrets;

/**
 * Who speaks to a server, and whose servers are trusted.
 *
 * @param user the name of the user
 * @param password its password
 * @param authority the certificate of the cluster's authority, as PEM
 */
public record ServerLogin(String user, String password, String authority) {

  /** The login of a Secret of the type basic-auth, at a server of this cluster. */
  public static ServerLogin of(
      KubernetesClient client, String namespace, String cluster, String secret) {
    var login = read(client, namespace, secret);
    return new ServerLogin(
        Secrets.text(login, "username"),
        Secrets.text(login, "password"),
        authority(client, namespace, cluster));
  }

  /** The authority of the servers of this cluster, as PEM. */
  public static String authority(KubernetesClient client, String namespace, String cluster) {
    return Secrets.text(read(client, namespace, cluster + "-server"), "ca.crt");
  }

  private static Secret read(KubernetesClient client, String namespace, String name) {
    var secret = client.secrets().inNamespace(namespace).withName(name).get();
    if (secret == null) {
      throw new StepFailure("Secret %s is missing".formatted(name));
    }
    return secret;
  }

  @Override
  public String toString() {
    return "login of " + user;
  }
}
