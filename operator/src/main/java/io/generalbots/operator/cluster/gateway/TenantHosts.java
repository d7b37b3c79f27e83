package io.generalbots.operator.cluster.gateway;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Residents;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The hosts that lead to tenants. A host of the platform's own is none of theirs, and one that two
 * of them name is that of the first by name. What is no name is left out, so that a registration
 * that went wrong hurts no other.
 */
public final class TenantHosts {

  /** The Service that lists each bot server by itself. */
  private static final String PODS = "pods";

  private static final String MEETINGS = "livekit";

  private static final int LONGEST = 253;

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private TenantHosts() {}

  /** Their names in order, those of suspended tenants too. */
  public static List<String> names(BotCluster cluster, Facts facts) {
    return of(cluster, facts).stream().map(TenantHost::name).toList();
  }

  static List<TenantHost> of(BotCluster cluster, Facts facts) {
    var platform = PublicHosts.of(cluster).all();
    var hosts = new TreeMap<String, TenantHost>();
    for (var registration : Residents.of(facts)) {
      for (var host : registration.hosts()) {
        if (isName(host) && isWritten(registration) && !platform.contains(host)) {
          hosts.putIfAbsent(host, host(host, registration, cluster, facts.settings()));
        }
      }
    }
    return List.copyOf(hosts.values());
  }

  /** A Cell has what its BotCluster has. */
  private static TenantHost host(
      String name, Registration registration, BotCluster cluster, Settings settings) {
    var servers =
        Optional.of(registration.servers().name(PODS)).filter(n -> registration.ownServers());
    var meetings =
        registration.meetings().map(Part::name).filter(n -> Features.isOn(cluster, MEETINGS));
    return new TenantHost(
        name,
        registration.tenant(),
        registration.suspended(),
        servers.map(service -> address(service, registration, settings)),
        meetings.map(service -> address(service, registration, settings)),
        registration.allowance().requestsPerMinute());
  }

  private static String address(String service, Registration registration, Settings settings) {
    return "%s.%s.svc.%s".formatted(service, registration.namespace(), settings.clusterDomain());
  }

  private static boolean isWritten(Registration registration) {
    return isName(registration.tenant()) && isName(registration.namespace());
  }

  private static boolean isName(String text) {
    return text.length() <= LONGEST && NAME.matcher(text).matches();
  }
}
