package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import java.util.List;
import java.util.Map;

/** Services. */
public final class Services {

  private Services() {}

  /** A stable address for the pods a selector finds. */
  public static Service clusterIp(
      ObjectMeta meta, Map<String, String> selector, ServicePort... ports) {
    return new ServiceBuilder().withMetadata(meta).withSpec(spec(selector, ports).build()).build();
  }

  /** A DNS name per pod, published before it is ready, since peers find each other through it. */
  public static Service headless(
      ObjectMeta meta, Map<String, String> selector, ServicePort... ports) {
    ServiceSpec spec =
        spec(selector, ports).withClusterIP("None").withPublishNotReadyAddresses(true).build();
    return new ServiceBuilder().withMetadata(meta).withSpec(spec).build();
  }

  /** The addresses of all pods that are ready. */
  public static Service each(ObjectMeta meta, Map<String, String> selector, ServicePort... ports) {
    ServiceSpec spec = spec(selector, ports).withClusterIP("None").build();
    return new ServiceBuilder().withMetadata(meta).withSpec(spec).build();
  }

  /** A TCP port that leads to the container port of the same number. */
  public static ServicePort port(String name, int port) {
    return new ServicePortBuilder()
        .withName(name)
        .withPort(port)
        .withTargetPort(new IntOrString(port))
        .withProtocol("TCP")
        .build();
  }

  /** A TCP port that leads to a container port of another number. */
  public static ServicePort port(String name, int port, int target) {
    return new ServicePortBuilder(port(name, port)).withTargetPort(new IntOrString(target)).build();
  }

  private static ServiceSpecBuilder spec(Map<String, String> selector, ServicePort... ports) {
    return new ServiceSpecBuilder()
        .withType("ClusterIP")
        .withSelector(selector)
        .withPorts(List.of(ports));
  }
}
