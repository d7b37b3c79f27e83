package io.generalbots.operator.cluster.servers;

import io.generalbots.api.v1alpha1.shared.ExternalService;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a server answers.
 *
 * @param host its name, or an address in brackets if it has colons
 * @param port the one that its scheme or its protocol has if none is written
 */
public record Address(String host, int port) {

  /** What stands for no port of a protocol. */
  private static final int HTTP = 80;

  private static final Map<String, Integer> PORTS =
      Map.of("http", HTTP, "ws", HTTP, "https", 443, "wss", 443, "redis", 6379, "rediss", 6379);

  /** Scheme, host, port and path, of which only the host must be there. */
  private static final Pattern WRITTEN =
      Pattern.compile("(?:([a-z][a-z0-9+.-]*)://)?(\\[[^]]*]|[^\\[/:]*)(?::(\\d+))?(?:/.*)?");

  /** That of a pod, by its IP. */
  public static Address ofPod(String ip, int port) {
    return new Address(ip.contains(":") ? "[" + ip + "]" : ip, port);
  }

  /** Of a URL, or of host and port. */
  public static Address of(String written) {
    return of(written, HTTP);
  }

  /**
   * Of a URL, or of host and port.
   *
   * @param standard the port of the protocol, for who writes neither a port nor a scheme
   */
  public static Address of(String written, int standard) {
    var parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no address: " + written);
    }
    return new Address(
        parts.group(2),
        Optional.ofNullable(parts.group(3))
            .map(Integer::valueOf)
            .or(() -> Optional.ofNullable(parts.group(1)).map(PORTS::get))
            .orElse(standard));
  }

  /** Of a service that the spec names. */
  public static Address of(ExternalService service, int standard) {
    return of(service.address(), standard);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
