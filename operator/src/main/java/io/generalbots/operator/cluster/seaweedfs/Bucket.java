package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.ObjectMeta;

/**
 * A bucket that is there before anybody asks for it.
 *
 * @param name as S3 has it
 * @param user the identity that it is made for
 */
record Bucket(String name, String user) {

  /** Who puts recordings there, and has no business with those that are there already. */
  static final String RECORDERS = "egress";

  private static final String BOTS = "botserver";

  /** The one that every bot server looks for. */
  static final Bucket DEFAULT = new Bucket("default.gbai", BOTS);

  /** Whether its user may use others as well, and make more. */
  boolean isEverybodys() {
    return BOTS.equals(user);
  }

  /** Whether its user has nothing to read in it. */
  boolean isWrittenOnly() {
    return RECORDERS.equals(user);
  }

  /** Of the Secret with its user's login: {@code demo-s3}, {@code demo-s3-gstreamer}. */
  ObjectMeta secret(String cluster) {
    var part = Role.S3.part(cluster);
    return isEverybodys() ? part.meta() : part.meta(user);
  }
}
