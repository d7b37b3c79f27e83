package io.generalbots.edge.route;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a request comes from.
 *
 * @param address of the client, as far as proxies that are trusted say
 * @param country by its ISO 3166-1 code, if one of them says it
 * @param region name of the one that served the client last, if it says so; anybody may say
 *     anything
 */
public record Origin(
    Optional<InetAddress> address, Optional<String> country, Optional<String> region) {

  /** Nothing is known. */
  public static final Origin UNKNOWN =
      new Origin(Optional.empty(), Optional.empty(), Optional.empty());
}
