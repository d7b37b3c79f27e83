package io.generalbots.sharding.time;

/**
 * A part of a table.
 *
 * @param name of it, which is a table as well
 * @param span the times of the rows in it
 * @param bytes with its indexes
 */
public record Partition(String name, Span span, long bytes) {}
