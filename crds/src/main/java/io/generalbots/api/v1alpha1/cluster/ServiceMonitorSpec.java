package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Line;
import java.util.Map;

/** Scraping by the Prometheus Operator. */
@ApiObject
public record ServiceMonitorSpec(
    @JsonPropertyDescription(
            "Whether ServiceMonitor objects are made. The Prometheus Operator must be installed.")
        @Default("false")
        Boolean enabled,
    @JsonPropertyDescription("Labels by which Prometheus finds them.") @Size(max = 20)
        Map<String, @Line String> labels) {
  public ServiceMonitorSpec {
    labels = Absent.toEmpty(labels);
  }
}
