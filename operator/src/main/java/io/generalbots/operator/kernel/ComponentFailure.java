package io.generalbots.operator.kernel;

/** A fault while a component's plan was applied; names the component. */
public final class ComponentFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ComponentFailure(String component, RuntimeException cause) {
    super("component " + component + ": " + cause.getMessage(), cause);
  }
}
