package io.generalbots.operator.external.vault;

/** Why a step at a vault was not done; the message holds no secret. */
public final class VaultTrouble extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What a user would have to look at. */
  public enum Kind {
    /** It has no key to its own data. */
    SEALED("Sealed"),
    /** It has no data yet. */
    NOT_INITIALISED("NotInitialised"),
    /** It does not answer, or has no leader. */
    UNREACHABLE("Unreachable"),
    /** It answers, but not to us. */
    REFUSED("Refused");

    private final String reason;

    Kind(String reason) {
      this.reason = reason;
    }

    /** The reason of a condition. */
    public String reason() {
      return reason;
    }
  }

  private final Kind kind;

  VaultTrouble(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  VaultTrouble(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
