package io.generalbots.operator.external.tenant;

/**
 * The name of a login and its password.
 *
 * @param name of the user, role or key
 * @param password in clear; it goes nowhere but to the server it is for
 */
public record Credential(String name, String password) {

  /** The text may be logged. */
  @Override
  public String toString() {
    return "login of " + name;
  }
}
