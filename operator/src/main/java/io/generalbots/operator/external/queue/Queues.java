package io.generalbots.operator.external.queue;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.StepFailure;
import java.util.List;

/** Where messages wait: streams of the cache today, and whatever carries messages tomorrow. */
@FunctionalInterface
public interface Queues {

  /**
   * How many messages wait in all of these together.
   *
   * @param cluster whose they are, with all its defaults
   * @param names of the queues, each as its server knows it
   * @throws StepFailure where that cannot be told within a few seconds
   */
  Depth depth(BotCluster cluster, List<String> names);
}
