package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HostOrAddress;
import io.generalbots.api.v1alpha1.schema.Word;
import org.jspecify.annotations.Nullable;

/** A region in DNS. */
@ApiObject
public record RegionDns(
    @JsonPropertyDescription(
            "Host name or address that DNS leads to; when left out, the host of endpoint, or what the load balancer of its gateway has.")
        @HostOrAddress
        @Nullable String address,
    @JsonPropertyDescription(
            "Share of users for routing Weighted, in proportion to those of the other regions.")
        @Default("100")
        @Min(0)
        @Max(255)
        Integer weight,
    @JsonPropertyDescription(
            "ID of a health check of Route 53, which you make there; while it fails, the entries of the region are passed over.")
        @Word
        @Nullable String healthCheckId) {}
