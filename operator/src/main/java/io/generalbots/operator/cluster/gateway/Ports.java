package io.generalbots.operator.cluster.gateway;

/** The ports of the gateway's pods, and those of what is behind them. */
final class Ports {

  static final int HTTP = 8080;
  static final int HTTPS = 8443;

  /** Asked by the kubelet for its health, and by the operator for what it has counted. */
  static final int HEALTH = 8081;

  /** Rooms, for pods of the cluster. */
  static final int ROOMS = 7880;

  /** Collections of tenants, for pods of the cluster. */
  static final int VECTORS = 6333;

  /** Language models, for bot servers. */
  static final int MODELS = 8085;

  static final int BOT_SERVER = 8080;
  static final int MEETINGS = 7880;
  static final int FILES = 8333;

  private Ports() {}
}
