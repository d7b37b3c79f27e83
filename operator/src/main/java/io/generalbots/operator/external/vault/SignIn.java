package io.generalbots.operator.external.vault;

/** How to sign in at a vault; what is told of it never holds a secret. */
public sealed interface SignIn {

  /**
   * As a user of the vault's own.
   *
   * @param secret the name of the Secret that the password is from
   */
  record Password(String user, String password, String secret) implements SignIn {
    @Override
    public String toString() {
      return "user %s with the password of Secret %s".formatted(user, secret);
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
