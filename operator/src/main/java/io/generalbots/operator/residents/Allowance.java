package io.generalbots.operator.residents;

/**
 * How much of the shared stores a tenant may use.
 *
 * @param cacheBytes of its keys in the cache
 * @param bucketBytes in its buckets together
 * @param vectors in its collections
 * @param requestsPerMinute through the gateway
 */
public record Allowance(long cacheBytes, long bucketBytes, long vectors, int requestsPerMinute) {}
