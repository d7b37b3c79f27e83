package io.generalbots.operator.cluster.livekit;

/** Why LiveKit is not ready, for machines. */
final class Reasons {

  static final String WAITING_FOR_VALKEY = "WaitingForValkey";
  static final String SECRET_MISSING = "SecretMissing";
  static final String PODS_REFUSED = "PodsRefused";
  static final String BUS_UNREACHABLE = "BusUnreachable";
  static final String NO_SERVER_READY = "NoServerReady";
  static final String SERVERS_MISSING = "ServersMissing";
  static final String ROLLING_OUT = "RollingOut";
  static final String NO_BUS = "NoBus";

  private Reasons() {}
}
