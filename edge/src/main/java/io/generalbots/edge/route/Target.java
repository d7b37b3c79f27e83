package io.generalbots.edge.route;

import io.generalbots.sharding.published.PublishedRegion;
import io.generalbots.sharding.published.PublishedShard;
import java.net.URI;

/** What serves a request. All texts are checked names, URLs and endpoints of a publication. */
public sealed interface Target {

  /** Name of the shard or region. */
  String name();

  /** Host and port. */
  String endpoint();

  /**
   * A shard.
   *
   * @param name of it
   * @param endpoint of its pooler
   * @param database there
   */
  record Shard(String name, String endpoint, String database) implements Target {
    static Shard of(PublishedShard shard) {
      return new Shard(shard.name(), shard.endpoint(), shard.database());
    }
  }

  /**
   * A region.
   *
   * @param name of it
   * @param endpoint of its gateway; Caddy takes a variable upstream only as host and port
   * @param upstream the same as a URL
   */
  record Region(String name, String endpoint, String upstream) implements Target {
    static Region of(PublishedRegion region) {
      var url = URI.create(region.upstream());
      var port = "https".equals(url.getScheme()) ? 443 : 80;
      var authority = url.getRawAuthority();
      var endpoint = url.getPort() < 0 && !hasPort(authority) ? authority + ":" + port : authority;
      return new Region(region.name(), endpoint, region.upstream());
    }

    private static boolean hasPort(String authority) {
      return authority.matches(".*:[0-9]+") && !authority.endsWith("]");
    }
  }
}
