package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import org.jspecify.annotations.Nullable;

/** The edge. */
@ApiObject
public record GatewaySpec(
    @JsonPropertyDescription("Whether the gateway runs; left to the profile when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Number of gateways.") @Default("2") @Min(1) @Max(20) Integer replicas,
    @JsonPropertyDescription("The Service through which clients come in.") @Default("{}")
        GatewayServiceSpec service,
    @JsonPropertyDescription("Certificates of the public host names.") @Default("{}")
        GatewayTlsSpec tls,
    @JsonPropertyDescription("How often a client may ask.") @Default("{}") RateLimitSpec rateLimit,
    @JsonPropertyDescription("When a failing upstream is left alone.") @Default("{}")
        CircuitBreakerSpec circuitBreaker,
    @JsonPropertyDescription("How upstreams are watched.") @Default("{}")
        HealthCheckSpec healthCheck,
    @JsonPropertyDescription("Compute resources of each gateway.")
        @Nullable ResourceRequirements resources) {}
