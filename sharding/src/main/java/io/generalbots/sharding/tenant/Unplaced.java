package io.generalbots.sharding.tenant;

import java.util.Optional;

/**
 * A tenant that gets no shard now.
 *
 * @param tenant its name
 * @param reason why
 * @param shard the one that it waits for or cannot have
 */
public record Unplaced(String tenant, Reason reason, Optional<String> shard) {

  /** Why a tenant gets no shard. */
  public enum Reason {
    /** It is pinned to a shard that there is not. */
    SHARD_UNKNOWN("is pinned to a shard that there is not: %s"),
    /** It is pinned to a shard that does not serve. */
    SHARD_NOT_READY("is pinned to a shard that is not ready: %s"),
    /** It is pinned to a shard without room. */
    SHARD_FULL("is pinned to a shard that is full: %s"),
    /** There is no room, and a new shard is on its way. */
    SHARD_COMING("waits for a new shard: %s"),
    /** There is no room, and no new shard comes. */
    NO_ROOM("finds no shard with room%s: raise maxTenantsPerShard, or let new shards be made");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  /** In a sentence, for a condition. */
  public String message() {
    return "tenant " + tenant + " " + String.format(reason.words, shard.orElse(""));
  }
}
