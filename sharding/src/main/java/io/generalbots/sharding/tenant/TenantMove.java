package io.generalbots.sharding.tenant;

/**
 * A tenant that changes its shard.
 *
 * @param tenant its name
 * @param from name of the shard it is on
 * @param to name of the shard it comes to
 * @param bytes size of its data, in bytes
 */
public record TenantMove(String tenant, String from, String to, long bytes) {}
