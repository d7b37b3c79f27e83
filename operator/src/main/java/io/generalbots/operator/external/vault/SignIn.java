package io.generalbots.operator.external.vault;

/** How to sign in at a vault; what is told of it never holds a secret. */
public sealed interface SignIn {

  /** As a user of the vault's own. */
  record Password(String user, String password) implements SignIn {
    @Override
    public String toString() {
      return "user " + user;
    }
  }

  /** With a token that somebody else made. */
  record Token(String token) implements SignIn {
    @Override
    public String toString() {
      return "a given token";
    }
  }

  /**
   * As the ServiceAccount that the operator runs as.
   *
   * @param role the role of the vault that this ServiceAccount may take
   * @param mount where Kubernetes authentication is mounted
   */
  record ServiceAccount(String role, String mount) implements SignIn {
    @Override
    public String toString() {
      return "role " + role;
    }
  }
}
