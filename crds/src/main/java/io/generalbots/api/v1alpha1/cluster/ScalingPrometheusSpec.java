package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HttpUrl;

/** A Prometheus that is asked the queries of rules. */
@ApiObject
public record ScalingPrometheusSpec(
    @JsonPropertyDescription(
            "Where it is: http://prometheus.monitoring:9090. The operator's network policy has to lead there (networkPolicy.extraEgress of its chart).")
        @Required
        @HttpUrl
        String url) {}
