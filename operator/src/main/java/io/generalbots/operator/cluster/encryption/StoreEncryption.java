package io.generalbots.operator.cluster.encryption;

import io.generalbots.api.v1alpha1.BotCluster;
import java.util.Optional;

/**
 * What a store encrypts by itself, whatever its volumes are of.
 *
 * @param what in a few words
 * @param isAll whether that is everything on its volumes
 */
record StoreEncryption(String what, boolean isAll) {

  /** Of this component's pods; nothing for most. */
  static Optional<StoreEncryption> of(BotCluster cluster, String component) {
    return switch (component) {
      case "vault" -> Optional.of(new StoreEncryption("all of it by OpenBao, AES-256-GCM", true));
      case "postgres" ->
          Optional.of(new StoreEncryption("columns written with pgcrypto", false))
              .filter(e -> ColumnEncryption.isOn(cluster));
      case "seaweedfs-volume" ->
          Optional.of(new StoreEncryption("objects of its own buckets, AES-256-GCM", false))
              .filter(e -> DriveEncryption.isOn(cluster));
      default -> Optional.empty();
    };
  }
}
