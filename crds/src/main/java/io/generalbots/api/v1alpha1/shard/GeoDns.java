package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** DNS entries of the hosts, for external-dns. */
@ApiObject
public record GeoDns(
    @JsonPropertyDescription("Whether entries are exported.") @Default("true") Boolean enabled,
    @JsonPropertyDescription(
            "How DNS tells users apart: Geolocation or Weighted, which of external-dns' own providers Route 53 alone understands, or Failover (one region at a time), which all do.")
        @Required
        GeoDnsRouting routing,
    @JsonPropertyDescription("Seconds for which an answer may be kept by those who asked.")
        @Default("60")
        @Min(1)
        @Max(86400)
        Integer ttlSeconds) {}
