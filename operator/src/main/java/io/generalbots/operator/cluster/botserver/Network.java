package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How bot servers are reached, and whom they may call. */
record Network(Situation situation) {

  private static final int POSTGRES = 5432;
  private static final int VALKEY = 6379;
  private static final int VAULT = 8200;
  private static final int S3 = 8333;
  private static final int QDRANT = 6333;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final String HTTP = "http";

  /** Scheme, and port if there is one. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?:([a-z][a-z0-9+.-]*)://)?(?:\\[[^]]*]|[^\\[/:]*)(?::(\\d+))?(?:/.*)?");

  List<HasMetadata> objects() {
    var part = situation.part();
    var port = Services.port(HTTP, Names.PORT);
    return List.of(
        Services.clusterIp(part.meta(), part.selector(), port),
        pods(part),
        Budgets.oneAtATime(part.meta(), part.selector()),
        policy(part));
  }

  /** For gateways that choose a pod themselves: only those that serve. */
  private static Service pods(Part part) {
    var service =
        Services.headless(part.meta(Names.PODS), part.selector(), Services.port(HTTP, Names.PORT));
    service.getSpec().setPublishNotReadyAddresses(null);
    return service;
  }

  private NetworkPolicy policy(Part part) {
    var gateway = Policies.pods(new Part(part.cluster(), "gateway").selector());
    return Policies.closed(
        part, List.of(Policies.from(gateway, Names.PORT)), List.copyOf(stores()));
  }

  private List<NetworkPolicyEgressRule> stores() {
    var spec = situation.cluster().getSpec();
    var rules = new ArrayList<NetworkPolicyEgressRule>();
    rules.add(Egress.dns());
    rules.add(
        spec.postgres().external() == null
            ? to(situation.isPooled() ? "pooler" : "postgres", POSTGRES)
            : anywhere(spec.postgres().external().address()));
    rules.add(
        spec.valkey().external() == null
            ? to("valkey", VALKEY)
            : anywhere(spec.valkey().external().address()));
    rules.add(
        spec.vault().external() == null
            ? to("vault", VAULT)
            : anywhere(spec.vault().external().address()));
    rules.add(
        spec.seaweedfs().external() == null
            ? to("s3", S3)
            : anywhere(spec.seaweedfs().external().endpoint()));
    if (situation.has("qdrant")) {
      rules.add(
          spec.qdrant().external() == null
              ? to("qdrant", QDRANT)
              : anywhere(spec.qdrant().external().address()));
    }
    return rules;
  }

  private NetworkPolicyEgressRule to(String component, int port) {
    var part = new Part(situation.part().cluster(), component);
    return Egress.to(Policies.pods(part.selector()), port);
  }

  /** No selector finds what is elsewhere, and its name may lead to other addresses any time. */
  private static NetworkPolicyEgressRule anywhere(String address) {
    return Egress.anywhere(port(address));
  }

  static int port(String address) {
    var parts = ADDRESS.matcher(address);
    if (parts.matches() && parts.group(2) != null) {
      return Integer.parseInt(parts.group(2));
    }
    return address.startsWith("https:") ? HTTPS_PORT : HTTP_PORT;
  }
}
