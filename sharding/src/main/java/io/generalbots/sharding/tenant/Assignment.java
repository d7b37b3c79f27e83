package io.generalbots.sharding.tenant;

/**
 * A tenant that gets a shard.
 *
 * @param tenant its name
 * @param shard name of the shard, which is ready and has room
 */
public record Assignment(String tenant, String shard) {}
