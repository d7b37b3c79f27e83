package io.generalbots.operator.kernel;

/** An idempotent step outside of the Kubernetes API; plain data, done by the driver of its type. */
public interface Step {

  /** What is told as an event once the step is done. */
  Decision decision();
}
