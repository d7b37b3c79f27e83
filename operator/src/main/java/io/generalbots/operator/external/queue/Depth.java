package io.generalbots.operator.external.queue;

import io.generalbots.operator.external.StepFailure;

/**
 * How many messages wait.
 *
 * @param messages that were counted
 * @param isLeast whether there may be more: counting ended before they did
 */
public record Depth(long messages, boolean isLeast) {

  /**
   * The number, where it is one to judge by: as long as there may be more, it is only good for
   * being above a threshold.
   *
   * @param above the threshold
   */
  public double against(long above) {
    if (isLeast && messages <= above) {
      throw new StepFailure(
          "at least %d messages wait, and whether there are more than %d would take too long to count"
              .formatted(messages, above));
    }
    return messages;
  }
}
