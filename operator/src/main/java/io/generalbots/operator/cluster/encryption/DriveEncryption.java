package io.generalbots.operator.cluster.encryption;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.DriveEncryptionType;
import java.util.Optional;

/** Whether the buckets that the operator makes encrypt what they are given without being asked. */
public final class DriveEncryption {

  private DriveEncryption() {}

  /** Costs nothing, and is on unless somebody wants it off. */
  public static boolean isOn(BotCluster cluster) {
    var wished = cluster.getSpec().seaweedfs().s3().encryption();
    var atRest = Optional.ofNullable(cluster.getSpec().encryption().atRest()).orElse(true);
    return wished.type() == DriveEncryptionType.SSE_S3
        && Optional.ofNullable(wished.enabled()).orElse(atRest);
  }
}
