package io.generalbots.operator.cluster.scaling;

/** Why the number of bot servers is what it is, beside what the engine decides. */
final class Reasons {

  /** A HorizontalPodAutoscaler sets it. */
  static final String ANOTHER_AUTOSCALER = "AnotherAutoscaler";

  /** Somebody has just changed the spec. */
  static final String SET_BY_SOMEBODY = "SetBySomebody";

  private Reasons() {}
}
