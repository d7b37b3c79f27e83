package io.generalbots.operator.external.qdrant;

/**
 * A member of the cluster, as the others know it.
 *
 * @param id by which consensus knows it
 * @param ordinal the number of the pod that its address names
 */
record Peer(long id, int ordinal) {}
