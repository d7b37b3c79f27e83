package io.generalbots.edge.route;

import io.generalbots.sharding.geo.Place;
import java.net.InetAddress;

/** Knows where addresses are. */
@FunctionalInterface
public interface Places {

  /** The place of an address, as far as it is known. */
  Place of(InetAddress address);
}
