package io.generalbots.operator.external.vault;

/**
 * The way to a vault.
 *
 * @param address its URL
 * @param authority the certificates that vouch for it, as PEM; the system's if empty
 * @param signIn how to sign in
 */
public record Access(String address, String authority, SignIn signIn) {

  @Override
  public String toString() {
    return "%s as %s".formatted(address, signIn);
  }
}
