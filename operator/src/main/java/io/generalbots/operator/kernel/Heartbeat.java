package io.generalbots.operator.kernel;

import java.util.Map;

/** Knows which annotations of a pod change all the time without meaning anything to a plan. */
public interface Heartbeat {

  /** The annotations without what only says that a server is alive. */
  Map<String, String> without(Map<String, String> annotations);
}
