package io.generalbots.operator.cluster.botserver;

import io.generalbots.operator.kube.Part;

/** Names, ports and keys of the bot servers' objects and of those they use, each spelled once. */
final class Names {

  static final String COMPONENT = "botserver";

  static final int PORT = 8080;

  /** The folder in which botserver lives: its binary looks for everything below it. */
  static final String HOME = "/opt/gbo";

  static final String WORK = HOME + "/work";

  /** The key of the Secret that all replicas must share. */
  static final String JWT_SECRET = "jwt-secret";

  /** The Service that lists each pod by itself. */
  static final String PODS = "pods";

  /** What was written into the database for all bots. */
  static final String DEFAULTS = "defaults";

  static final String ADDRESS = "address";
  static final String TOKEN = "token";
  static final String AUTHORITY = "ca.crt";

  private Names() {}

  static Part part(String cluster) {
    return new Part(cluster, COMPONENT);
  }

  /** The Secret by which bot servers reach the vault. */
  static String vaultSecret(Part part) {
    return part.cluster() + "-vault-botserver";
  }

  /** The Secret with the keys that are made for applications. */
  static String keysSecret(Part part) {
    return part.cluster() + "-vault-keys";
  }

  /** The Secret with the login of the database. */
  static String databaseSecret(Part part) {
    return part.cluster() + "-app";
  }
}
