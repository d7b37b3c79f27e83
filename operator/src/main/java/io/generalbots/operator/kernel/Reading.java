package io.generalbots.operator.kernel;

/**
 * What a server says of itself to those who ask, and tells nobody of by itself; plain data, read by
 * a {@link Gauge}. An owner is looked at again when one is no longer equal to what it was, so a
 * reading holds nothing that changes without meaning anything.
 */
public interface Reading {}
