package io.generalbots.operator.residents;

import java.util.List;

/** What carries all that a Tenant has: in its own namespace, known to servers by these labels. */
public final class Carriers {

  /** Out of the stores. */
  public static final String EXPORT = "export";

  /** Into them. */
  public static final String IMPORT = "import";

  /** From one server to another. */
  public static final String MOVE = "move";

  /** All of them. */
  public static final List<String> COMPONENTS = List.of(EXPORT, IMPORT, MOVE);

  private Carriers() {}
}
