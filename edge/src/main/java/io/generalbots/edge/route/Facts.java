package io.generalbots.edge.route;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All of a request that a decision depends on.
 *
 * @param policy the one that the proxy asks, if it names one
 * @param host that the client asked for, in lower case and without port
 * @param keys where the key may be
 * @param origin where it comes from
 * @param now the moment
 */
public record Facts(
    Optional<String> policy, Optional<String> host, Keys keys, Origin origin, Instant now) {

  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,253}?)\\.?(?::[0-9]{1,5})?");

  /** The host of a header, as it is compared; empty if it is none. */
  public static Optional<String> host(String header) {
    var match = HOST.matcher(header);
    return match.matches()
        ? Optional.of(match.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
