package io.generalbots.operator.cluster.recording;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom recorders call; nobody calls them.
 *
 * @param situation the cluster
 * @param store where recordings go
 */
record Network(Situation situation, Store store) {

  NetworkPolicy policy() {
    return Policies.closed(situation.part(), List.of(), out());
  }

  private List<NetworkPolicyEgressRule> out() {
    var out = new ArrayList<NetworkPolicyEgressRule>();
    out.add(Egress.dns());
    out.addAll(situation.entrance().ways());
    out.add(situation.entrance().wayToBus());
    out.add(toStore());
    return out;
  }

  private NetworkPolicyEgressRule toStore() {
    var gateways = new Part(situation.part().cluster(), "s3");
    return situation.storesElsewhere()
        ? Egress.anywhere(store.port())
        : Egress.to(Policies.pods(gateways.selector()), store.port());
  }
}
