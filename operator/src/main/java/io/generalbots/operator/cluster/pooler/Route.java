package io.generalbots.operator.cluster.pooler;

import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.TenantNames;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The way to a database that has one of its own; every other is at the BotCluster's own servers.
 *
 * @param database that clients ask for
 * @param server name of the Service that leads to the primary with that database
 * @param next the same after a move that is about to happen: poolers have to know it beforehand
 */
record Route(String database, String server, Optional<String> next) {

  /** Those to databases of Tenants that are on other servers, or on their way. */
  static List<Route> of(String cluster, List<Registration> residents) {
    return residents.stream()
        .filter(r -> !r.cell() && !r.schema())
        .filter(r -> !r.server().isEmpty() || !r.next().isEmpty())
        .map(r -> of(cluster, r))
        .toList();
  }

  private static Route of(String cluster, Registration resident) {
    var server = resident.server().isEmpty() ? cluster : resident.server();
    return new Route(
        TenantNames.database(resident.tenant()),
        PoolerConfig.server(server),
        Optional.of(resident.next()).filter(n -> !n.isEmpty()).map(PoolerConfig::server));
  }

  /** As poolers read them: a line each, in the order of the databases. */
  static String lines(List<Route> routes) {
    return routes.stream()
        .sorted(Comparator.comparing(Route::database))
        .map(Route::line)
        .collect(Collectors.joining());
  }

  private String line() {
    return database + " " + server + next.map(host -> " " + host).orElse("") + "\n";
  }
}
