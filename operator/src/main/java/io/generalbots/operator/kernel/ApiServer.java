package io.generalbots.operator.kernel;

import java.util.List;

/**
 * Where pods find the API server.
 *
 * @param ports that of the {@code kubernetes} Service and that of the server behind it
 * @param addresses as CIDRs; any address if there are none
 */
public record ApiServer(List<Integer> ports, List<String> addresses) {

  /** Anywhere, on the two ports that are usual. */
  public static final ApiServer ANYWHERE = new ApiServer(List.of(443, 6443), List.of());

  public ApiServer {
    ports = List.copyOf(ports);
    addresses = List.copyOf(addresses);
  }
}
