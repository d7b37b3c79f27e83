package io.generalbots.operator.cluster.gateway;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.GatewayTlsMode;
import io.generalbots.operator.cluster.features.Features;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The host names that the gateway serves.
 *
 * @param bots the bot servers
 * @param meetings LiveKit, if it runs here
 * @param files the object store, if it runs here
 */
public record PublicHosts(String bots, Optional<String> meetings, Optional<String> files) {

  private static final Pattern WEB_SOCKET =
      Pattern.compile("wss?://([A-Za-z0-9.-]+)(:\\d+)?(/.*)?");

  /** Those of a spec. */
  public static PublicHosts of(BotCluster cluster) {
    var domain = cluster.getSpec().domain();
    var meetings =
        Optional.of("meet." + domain)
            .filter(h -> hasMeetings(cluster))
            .map(h -> wished(cluster).orElse(h))
            .filter(h -> !h.equals(domain));
    var files =
        Optional.of("s3." + domain)
            .filter(h -> hasFiles(cluster))
            .filter(h -> !meetings.equals(Optional.of(h)));
    return new PublicHosts(domain, meetings, files);
  }

  /** Whether a certificate for them is needed here. */
  public static boolean needCertificate(BotCluster cluster) {
    return Features.isOn(cluster, Gateway.NAME)
        && cluster.getSpec().gateway().tls().mode() != GatewayTlsMode.DISABLED;
  }

  /** All of them, the domain first. */
  public List<String> all() {
    return Stream.of(Optional.of(bots), meetings, files).flatMap(Optional::stream).toList();
  }

  /** The host of the address that browsers are told, where the spec says another. */
  private static Optional<String> wished(BotCluster cluster) {
    return Optional.ofNullable(cluster.getSpec().livekit().publicUrl())
        .map(WEB_SOCKET::matcher)
        .filter(Matcher::matches)
        .map(m -> m.group(1).toLowerCase(Locale.ROOT));
  }

  private static boolean hasMeetings(BotCluster cluster) {
    return Features.isOn(cluster, "livekit") && cluster.getSpec().livekit().external() == null;
  }

  private static boolean hasFiles(BotCluster cluster) {
    return Features.isOn(cluster, "seaweedfs") && cluster.getSpec().seaweedfs().external() == null;
  }
}
