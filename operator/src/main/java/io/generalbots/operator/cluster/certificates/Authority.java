package io.generalbots.operator.cluster.certificates;

/**
 * An authority that signs here.
 *
 * @param signer its certificate and key
 * @param trust what clients know it by
 */
record Authority(Identity signer, Trust trust) {}
