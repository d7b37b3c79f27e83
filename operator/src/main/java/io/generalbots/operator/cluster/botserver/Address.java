package io.generalbots.operator.cluster.botserver;

import java.util.regex.Pattern;

/**
 * Where a server answers.
 *
 * @param host its name, or an address in brackets if it has colons
 * @param port the one of its scheme if none is written
 */
record Address(String host, int port) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Scheme, host, port and path, of which only the host must be there. */
  private static final Pattern WRITTEN =
      Pattern.compile("(?:([a-z][a-z0-9+.-]*)://)?(\\[[^]]*]|[^\\[/:]*)(?::(\\d+))?(?:/.*)?");

  /** Of a URL, or of host and port. */
  static Address of(String written) {
    var parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no address: " + written);
    }
    var port = parts.group(3);
    return new Address(
        parts.group(2), port == null ? standard(parts.group(1)) : Integer.parseInt(port));
  }

  private static int standard(String scheme) {
    return "https".equals(scheme) ? HTTPS : HTTP;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
