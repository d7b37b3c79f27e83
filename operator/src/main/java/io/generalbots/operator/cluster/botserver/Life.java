package io.generalbots.operator.cluster.botserver;

/**
 * How long bot servers are there, and how many may come.
 *
 * @param sleeps whether none is to run for now
 * @param retains whether their volume outlives who has them
 * @param scales whether their number follows the load
 */
public record Life(boolean sleeps, boolean retains, boolean scales) {}
