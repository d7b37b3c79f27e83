package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What Valkey removes when its memory is full. */
public enum EvictionPolicy {
  /** Nothing: writes fail. */
  @JsonProperty("noeviction")
  NOEVICTION,
  /** The least recently used key. */
  @JsonProperty("allkeys-lru")
  ALLKEYS_LRU,
  /** The least frequently used key. */
  @JsonProperty("allkeys-lfu")
  ALLKEYS_LFU,
  /** Any key. */
  @JsonProperty("allkeys-random")
  ALLKEYS_RANDOM,
  /** The least recently used key with an expiry. */
  @JsonProperty("volatile-lru")
  VOLATILE_LRU,
  /** The least frequently used key with an expiry. */
  @JsonProperty("volatile-lfu")
  VOLATILE_LFU,
  /** Any key with an expiry. */
  @JsonProperty("volatile-random")
  VOLATILE_RANDOM,
  /** The key that expires first. */
  @JsonProperty("volatile-ttl")
  VOLATILE_TTL
}
