package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.cluster.GatewaySpec;
import io.generalbots.api.v1alpha1.cluster.GatewayTlsMode;
import io.generalbots.api.v1alpha1.cluster.ServiceType;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import java.util.List;

/**
 * How clients come in, and where the gateway may go.
 *
 * @param part the gateway
 * @param spec its block of the spec
 */
record Network(Part part, GatewaySpec spec) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  Service service() {
    var service = Services.clusterIp(part.meta(), part.selector(), ports());
    service.setMetadata(
        new ObjectMetaBuilder(service.getMetadata())
            .withAnnotations(spec.service().annotations())
            .build());
    service.getSpec().setType(spelled(spec.service().type()));
    service.getSpec().setLoadBalancerClass(spec.service().loadBalancerClass());
    return service;
  }

  /** Open to the world, as it is there for; the way on leads to its own cluster's pods only. */
  NetworkPolicy policy() {
    return Policies.closed(
        part,
        List.of(
            isSecured()
                ? Policies.fromAnywhere(Ports.HTTP, Ports.HTTPS)
                : Policies.fromAnywhere(Ports.HTTP)),
        List.of(
            Egress.dns(),
            to("botserver", Ports.BOT_SERVER),
            to("livekit", Ports.MEETINGS),
            to("s3", Ports.FILES)));
  }

  private NetworkPolicyEgressRule to(String component, int port) {
    return Egress.to(Policies.pods(new Part(part.cluster(), component).selector()), port);
  }

  private ServicePort[] ports() {
    var http = Services.port("http", HTTP, Ports.HTTP);
    return isSecured()
        ? new ServicePort[] {http, Services.port("https", HTTPS, Ports.HTTPS)}
        : new ServicePort[] {http};
  }

  private boolean isSecured() {
    return spec.tls().mode() != GatewayTlsMode.DISABLED;
  }

  private static String spelled(ServiceType type) {
    return switch (type) {
      case CLUSTER_IP -> "ClusterIP";
      case NODE_PORT -> "NodePort";
      case LOAD_BALANCER -> "LoadBalancer";
    };
  }
}
