package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** Dashboards. */
@ApiObject
public record GrafanaSpec(
    @JsonPropertyDescription("Whether Grafana runs beside InfluxDB.") @Default("true")
        Boolean enabled) {}
