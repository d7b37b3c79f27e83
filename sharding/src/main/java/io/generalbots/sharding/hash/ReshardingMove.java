package io.generalbots.sharding.hash;

/**
 * Keys that change from one shard to another.
 *
 * @param from number of the shard they are on
 * @param to number of the shard they come to
 * @param expected how much that is on average; the square root of the keys is the usual error
 */
public record ReshardingMove(int from, int to, Load expected) {}
