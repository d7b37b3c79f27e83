package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.LongLine;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Service of the gateway. */
@ApiObject
@ValidationRule(
    value = "self.type == 'LoadBalancer' || !has(self.loadBalancerClass)",
    message =
        "loadBalancerClass needs type LoadBalancer: write type: LoadBalancer, or remove loadBalancerClass",
    fieldPath = ".loadBalancerClass")
public record GatewayServiceSpec(
    @JsonPropertyDescription("ClusterIP, NodePort or LoadBalancer.") @Default("LoadBalancer")
        ServiceType type,
    @JsonPropertyDescription("Class of the load balancer; the platform's default when left out.")
        @LongLine
        @Nullable String loadBalancerClass,
    @JsonPropertyDescription("Annotations of the Service, as load balancers of clouds ask for.")
        @Size(max = 50)
        Map<String, @LongLine String> annotations) {
  public GatewayServiceSpec {
    annotations = Absent.toEmpty(annotations);
  }
}
