package io.generalbots.operator.cluster.botserver;

import java.util.List;
import java.util.Optional;

/**
 * The Secrets that bot servers depend on, by name.
 *
 * @param vault the way to the vault
 * @param keys what all replicas share
 * @param logins those of the stores; what of them is in the vault is read from there only once
 * @param authority who vouches for the database; empty for those that the image trusts
 */
public record Sources(String vault, String keys, List<String> logins, Optional<String> authority) {

  public Sources {
    logins = List.copyOf(logins);
  }
}
