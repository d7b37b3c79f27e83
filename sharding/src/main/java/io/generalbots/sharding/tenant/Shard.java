package io.generalbots.sharding.tenant;

import java.util.List;
import java.util.stream.Stream;

/**
 * A shard and who lives on it.
 *
 * @param name of its own
 * @param ready whether it serves
 * @param capacity tenants it takes, if that is less than the rules allow; 0 if it takes no more
 * @param tenants who lives on it, whether it is ready or not
 */
public record Shard(String name, boolean ready, int capacity, List<Tenant> tenants) {

  public Shard {
    tenants = List.copyOf(tenants);
    if (capacity < 0) {
      throw new IllegalArgumentException("shard " + name + " cannot take " + capacity);
    }
  }

  /** Size of all its tenants, in bytes. */
  public long bytes() {
    return tenants.stream().mapToLong(Tenant::bytes).sum();
  }

  /** Tenants that it can still take; 0 if it has more than it should. */
  int room(int maxTenants) {
    return Math.max(0, Math.min(capacity, maxTenants) - tenants.size());
  }

  /** Whether it has been asked for and is not there yet: it neither serves nor holds anybody. */
  boolean isComing() {
    return !ready && tenants.isEmpty();
  }

  Shard with(Tenant tenant) {
    return having(Stream.concat(tenants.stream(), Stream.of(tenant)).toList());
  }

  Shard without(Tenant tenant) {
    return having(tenants.stream().filter(t -> !t.equals(tenant)).toList());
  }

  private Shard having(List<Tenant> now) {
    return new Shard(name, ready, capacity, now);
  }
}
