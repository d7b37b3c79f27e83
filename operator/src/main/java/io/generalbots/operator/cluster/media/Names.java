package io.generalbots.operator.cluster.media;

/**
 * Names, folders and roles of the workers' objects, each spelled once; the script uses the same.
 */
final class Names {

  static final String COMPONENT = "gstreamer";
  static final String SCRIPT = "worker.sh";

  /** The container that plays, and the one that hands on what is written. */
  static final String PLAYER = "gstreamer";

  static final String COURIER = "courier";

  static final String SCRIPTS_FOLDER = "/scripts";
  static final String OUTPUT_FOLDER = "/output";
  static final String RUN_FOLDER = "/run/gstreamer";
  static final String STORE_FOLDER = "/store";

  static final int S3_TLS = 8334;

  private Names() {}

  /** Of a worker; a Deployment finds its pod by it. */
  static String role(int number) {
    return "worker-" + number;
  }
}
