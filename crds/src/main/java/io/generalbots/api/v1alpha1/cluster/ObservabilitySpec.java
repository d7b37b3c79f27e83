package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.NestedDefault;
import io.generalbots.api.v1alpha1.schema.Word;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.api.v1alpha1.shared.Storage;
import org.jspecify.annotations.Nullable;

/** Metrics, dashboards and log pipeline. */
@ApiObject
@ValidationRule(
    value = "!has(self.external) || (has(self.mode) && self.mode == 'External')",
    message =
        "external is given but mode is not External: write mode: External, or remove external",
    fieldPath = ".mode")
@ValidationRule(
    value = "!has(self.mode) || self.mode != 'External' || has(self.external)",
    message =
        "mode External needs an address: write observability.external with address and secretName",
    fieldPath = ".external")
public record ObservabilitySpec(
    @JsonPropertyDescription("Managed, External or Disabled; left to the profile when left out.")
        @Nullable ServiceMode mode,
    @JsonPropertyDescription("Where metrics are stored; InfluxDb is the one there is.")
        @Default("InfluxDb")
        MetricsProvider provider,
    @JsonPropertyDescription("Organisation in InfluxDB.") @Default("pragmatismo") @Word String org,
    @JsonPropertyDescription("Bucket in InfluxDB.") @Default("metrics") @Word String bucket,
    @JsonPropertyDescription("How long metrics are kept.") @Default("30") @Min(1) @Max(3650)
        Integer retentionDays,
    @JsonPropertyDescription("Managed: the data volume of InfluxDB.")
        @Default("{}")
        @NestedDefault(field = "size", value = "10Gi")
        Storage storage,
    @JsonPropertyDescription("Dashboards.") @Default("{}") GrafanaSpec grafana,
    @JsonPropertyDescription("The log and metric pipeline.") @Default("{}") VectorSpec vector,
    @JsonPropertyDescription("Where errors are reported; nowhere when left out.")
        @Nullable AlertmanagerSpec alertmanager,
    @JsonPropertyDescription("Scraping by the Prometheus Operator.") @Default("{}")
        ServiceMonitorSpec serviceMonitor,
    @JsonPropertyDescription(
            "External: address is the URL of InfluxDB, the Secret holds the key token.")
        @Nullable ExternalService external) {}
