package io.generalbots.operator.external;

import io.generalbots.operator.kernel.Step;

/** A step at a server that many ask for the like of it. */
public interface ServerStep extends Step {

  /** Which server, in words for people: {@code the cache of BotCluster bots/demo}. */
  String server();
}
