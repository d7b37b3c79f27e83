package io.generalbots.operator.residents;

/** What a tenant may not in a store in which it has more than it may. */
public enum Restraint {
  /** It may all that it otherwise may. */
  NONE,
  /** It adds nothing; it reads, and removes what it has. */
  READ_ONLY,
  /** Nobody gets in. */
  CLOSED
}
