package io.generalbots.edge.address;

import java.net.InetAddress;
import java.util.List;

/**
 * Proxies whose word counts. Everybody can write a header; only what one of these has added to it
 * is known, and that stands at its right end.
 *
 * @param networks where they are
 */
public record TrustedProxies(List<Network> networks) {

  public TrustedProxies {
    networks = List.copyOf(networks);
  }

  /** Whether what this one says of others is believed. */
  public boolean trust(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  /**
   * The client: the peer, or behind proxies that are trusted the nearest that is not one of them.
   * If one has written what is no address, it is taken for the client itself: nothing beyond is
   * known.
   *
   * @param peer who has opened the connection
   * @param forwarded every X-Forwarded-For of the request, in order
   */
  public InetAddress client(InetAddress peer, List<String> forwarded) {
    var client = peer;
    var hops = String.join(",", forwarded).split(",", -1);
    for (var i = hops.length - 1; i >= 0 && trust(client); i--) {
      var next = Literal.withPort(hops[i].strip());
      if (next.isEmpty()) {
        return client;
      }
      client = next.orElseThrow();
    }
    return client;
  }
}
