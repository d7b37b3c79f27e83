package io.generalbots.operator.external.spread;

/**
 * A table as one shard has it.
 *
 * @param name its name
 * @param definition the same on two shards only if the tables are the same
 * @param prepared whether no key of another shard can be written to it
 * @param keys distinct keys, counted or as the server guesses; 0 while the number of shards changes
 * @param bytes with its indexes
 */
public record TableSeen(String name, String definition, boolean prepared, long keys, long bytes) {}
