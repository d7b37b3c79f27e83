package io.generalbots.operator.tenant.credentials;

import io.generalbots.operator.external.tenant.Credential;

/**
 * A password of one generation, in one of the two slots that generations take in turns.
 *
 * @param slot the letter that tells the logins of two generations apart
 * @param generation how many came before
 * @param password of letters and digits only
 */
public record Key(char slot, int generation, String password) {

  /** The name of the login in stores whose names are free: {@code t-acme-a}. */
  public String login(String tenant) {
    return "t-%s-%c".formatted(tenant, slot);
  }

  /** The same with its password. */
  public Credential credential(String tenant) {
    return new Credential(login(tenant), password);
  }

  /** The text may be logged. */
  @Override
  public String toString() {
    return "key of generation " + generation;
  }
}
