package io.generalbots.operator.kernel;

/** Does the steps of one type. Fails with an exception: the round is then tried again. */
public interface StepDriver<S extends Step> {

  /** The type of step this driver does. */
  Class<S> type();

  /**
   * Does the step in the namespace of its owner, within a bounded time. A step that takes longer is
   * begun, and says {@link Unfinished} until it is done. One that finds what it would make in
   * somebody else's hands says {@link NotOurs}.
   */
  void perform(S step, String namespace);
}
