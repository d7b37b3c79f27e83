package io.generalbots.operator.cluster.valkey;

import io.generalbots.operator.kube.Part;

/** Names, ports and keys of Valkey's objects, each spelled once; the scripts use the same. */
final class Names {

  static final String COMPONENT = "valkey";
  static final String SENTINEL = "sentinel";
  static final String READ_ONLY = "ro";
  static final String HEADLESS = "headless";
  static final String SCRIPTS = "scripts";
  static final String INTERNAL = "internal";
  static final String USERS = "users";

  /** The user of the gateways, and what the name of its Secret ends in. */
  static final String EDGE = "edge";

  static final String SERVER_CERTIFICATE = "server";
  static final String DATA = "data";

  /** Plaintext; in mode Required the Service leads it to the TLS port. */
  static final int PORT = 6379;

  static final int TLS_PORT = 6380;
  static final int BOARD_PORT = 6381;
  static final int SENTINEL_PORT = 26379;

  static final int SENTINELS = 3;

  /** The user of applications. */
  static final String USER = "default";

  /** What selects a pod of a StatefulSet by its name. */
  static final String POD_NAME = "statefulset.kubernetes.io/pod-name";

  /** The sentinels' epoch in which the pod behind the Service became primary. */
  static final String EPOCH = "generalbots.io/primary-epoch";

  private Names() {}

  /** The servers of a cluster. */
  static Part servers(String cluster) {
    return new Part(cluster, COMPONENT);
  }

  /** The sentinels of a cluster, with a selector of their own. */
  static Part sentinels(String cluster) {
    return new Part(cluster, COMPONENT + "-" + SENTINEL);
  }
}
