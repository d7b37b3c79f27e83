package io.generalbots.sharding.tenant;

/**
 * What matters of a shard while tenants are placed.
 *
 * @param shard its name
 * @param tenants that live on it
 * @param bytes of their data
 * @param free tenants it can still take
 */
record Room(String shard, int tenants, long bytes, int free) {

  static Room of(Shard shard, int maxTenants) {
    return new Room(shard.name(), shard.tenants().size(), shard.bytes(), shard.room(maxTenants));
  }

  Room taking(long more) {
    return new Room(shard, tenants + 1, bytes + more, free - 1);
  }
}
