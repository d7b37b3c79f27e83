package io.generalbots.sharding.published;

import java.util.List;

/**
 * A tenant and its shard.
 *
 * @param name of its own
 * @param hosts that are its own, in lower case
 * @param shard name of the one that has its data
 */
public record PublishedTenant(String name, List<String> hosts, String shard) {

  /** Refuses what could not be told a client as it is. */
  public PublishedTenant {
    Form.NAME.checked("the name of a tenant", name);
    hosts = Form.HOST.allChecked("a host of tenant " + name, hosts);
    Form.NAME.checked("the shard of tenant " + name, shard);
  }
}
