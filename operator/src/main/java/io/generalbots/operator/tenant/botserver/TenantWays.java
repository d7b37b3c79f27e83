package io.generalbots.operator.tenant.botserver;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.operator.cluster.botserver.Ways;
import io.generalbots.operator.cluster.gateway.Models;
import io.generalbots.operator.cluster.gateway.RoomKeys;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The ways of a Tenant's bot servers, all of which lead into the namespace of its BotCluster.
 *
 * @param residence where the Tenant lives
 * @param secrets the name of the Secret for each store
 * @param home what is known of the Tenant's own namespace
 */
record TenantWays(Residence residence, Function<Store, String> secrets, Facts home) {

  Ways ways() {
    return new Ways(
        residence.pods("gateway"),
        stores(),
        Stream.of(Store.DATABASE, Store.DRIVE).flatMap(s -> address(s).stream()).toList(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private List<NetworkPolicyEgressRule> stores() {
    var ways = new ArrayList<NetworkPolicyEgressRule>();
    ways.add(Egress.dns());
    ways.add(Egress.to(residence.databasePods(), Ways.POSTGRES));
    ways.add(to("vault", Ways.VAULT));
    ways.add(to("s3", Ways.S3));
    ways.add(to("gateway", RoomKeys.PORT));
    if (Models.areOffered(residence.cluster())) {
      ways.add(to("gateway", Models.PORT));
    }
    return ways;
  }

  private NetworkPolicyEgressRule to(String component, int port) {
    return Egress.to(residence.pods(component), port);
  }

  private Optional<Address> address(Store store) {
    return home.find(Secret.class, secrets.apply(store))
        .map(s -> Secrets.text(s, "host") + ":" + Secrets.text(s, "port"))
        .map(Address::of);
  }
}
