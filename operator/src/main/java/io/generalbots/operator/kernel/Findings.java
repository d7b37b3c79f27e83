package io.generalbots.operator.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was worked out from the facts of one round, each thing once. The facts do not change within
 * a round, so that nobody can tell a remembered answer from a new one. A round is one thread.
 */
public final class Findings {

  private final Map<Class<?>, Object> known = new HashMap<>();

  /** The finding of this type, worked out if nobody asked before. */
  public <T> T of(Class<T> type, Supplier<T> work) {
    var found = known.get(type);
    if (found == null) {
      found = work.get();
      known.put(type, found);
    }
    return type.cast(found);
  }
}
