package io.generalbots.edge.table;

import java.util.Map;
import java.util.function.Consumer;

/** Where documents come from. */
public interface Source extends AutoCloseable {

  /**
   * Begins to tell. It never gives up: whatever is away is looked for again.
   *
   * @param listener gets all documents there are, by name, once at first and after every change
   */
  void start(Consumer<Map<String, String>> listener);

  /** Whether a change that happened now would be told soon. */
  boolean isLive();

  @Override
  void close();
}
