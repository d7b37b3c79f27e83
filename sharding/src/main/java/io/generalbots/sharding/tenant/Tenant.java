package io.generalbots.sharding.tenant;

import java.util.Optional;

/**
 * A tenant, placed or waiting.
 *
 * @param name of its own
 * @param bytes size of its data, in bytes; 0 if nobody knows yet
 * @param pin shard that it must live on, if someone said so
 */
public record Tenant(String name, long bytes, Optional<String> pin) {

  public Tenant {
    if (bytes < 0) {
      throw new IllegalArgumentException("tenant " + name + " cannot have " + bytes + " bytes");
    }
  }

  boolean isPinned() {
    return pin.isPresent();
  }
}
