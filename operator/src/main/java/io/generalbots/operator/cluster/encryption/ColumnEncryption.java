package io.generalbots.operator.cluster.encryption;

import io.generalbots.api.v1alpha1.BotCluster;

/** Whether database sessions of the application get the key of encrypted columns. */
public final class ColumnEncryption {

  /** The first version whose sessions can be given something when they begin. */
  private static final int LOGIN_TRIGGERS = 17;

  private ColumnEncryption() {}

  /** Asked for, and possible. */
  public static boolean isOn(BotCluster cluster) {
    return cluster.getSpec().encryption().databaseColumns()
        && Integer.parseInt(cluster.getSpec().postgres().version()) >= LOGIN_TRIGGERS;
  }
}
