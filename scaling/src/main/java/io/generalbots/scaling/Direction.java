package io.generalbots.scaling;

/** Where a decision goes. */
public enum Direction {
  /** To more replicas. */
  OUT,
  /** To fewer replicas. */
  IN,
  /** Nowhere. */
  NONE
}
