package io.generalbots.operator.cluster.media;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom the workers call; nobody calls them.
 *
 * @param situation the workers
 * @param pipeline what they play
 */
record Network(Situation situation, Pipeline pipeline) {

  private static final Pattern ENDPOINT =
      Pattern.compile("(https?)://(?:\\[[^\\]]+]|[^/:]+)(?::(\\d+))?.*");

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  NetworkPolicy policy() {
    var out = new ArrayList<NetworkPolicyEgressRule>();
    out.add(Egress.dns());
    store().ifPresent(out::add);
    for (var destination : Destination.of(pipeline.arguments())) {
      out.add(Egress.abroad(destination.protocol(), destination.port()));
    }
    return Policies.closed(situation.part(), List.of(), out);
  }

  private Optional<NetworkPolicyEgressRule> store() {
    if (!situation.hasStore()) {
      return Optional.empty();
    }
    return Optional.ofNullable(situation.cluster().getSpec().seaweedfs().external())
        .map(external -> Egress.anywhere(port(external.endpoint())))
        .or(
            () -> {
              var gateways = Policies.pods(situation.store().selector());
              return Optional.of(Egress.to(gateways, Names.S3_TLS));
            });
  }

  /** What the schema lets through is always a URL. */
  private static int port(String endpoint) {
    var matcher = ENDPOINT.matcher(endpoint);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not the URL of an object store: " + endpoint);
    }
    var usual = "http".equals(matcher.group(1)) ? HTTP : HTTPS;
    return Optional.ofNullable(matcher.group(2)).map(Integer::valueOf).orElse(usual);
  }
}
