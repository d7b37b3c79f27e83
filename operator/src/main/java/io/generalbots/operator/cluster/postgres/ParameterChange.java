package io.generalbots.operator.cluster.postgres;

import java.util.Set;

/**
 * A server parameter whose new value waits for a restart.
 *
 * @param name the parameter
 * @param oldValue what the running server has
 * @param newValue what it will have
 */
record ParameterChange(String name, String oldValue, String newValue) {

  /**
   * A standby refuses to start with less than its primary has of these, so Patroni starts it with
   * the primary's value: they shrink only after the primary was restarted as primary.
   */
  private static final Set<String> PRIMARY_FIRST =
      Set.of(
          "max_connections",
          "max_prepared_transactions",
          "max_locks_per_transaction",
          "max_wal_senders",
          "max_worker_processes");

  private static final String DIGITS = "\\d{1,9}";

  /** Whether the primary has to take it before its standbys can. */
  boolean startsWithPrimary() {
    return PRIMARY_FIRST.contains(name)
        && oldValue.matches(DIGITS)
        && newValue.matches(DIGITS)
        && Integer.parseInt(newValue) < Integer.parseInt(oldValue);
  }

  @Override
  public String toString() {
    return name + "=" + newValue;
  }
}
