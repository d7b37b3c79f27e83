package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ListSet;
import io.generalbots.api.v1alpha1.schema.Network;
import io.generalbots.api.v1alpha1.schema.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routers of a policy. */
@ApiObject
@ValidationRule(
    value =
        "!has(self.trustedProxies) || self.trustedProxies.all(network, network.matches('"
            + Rules.NETWORK
            + "'))",
    message = "trustedProxies are networks: write each like 10.42.0.0/16 or fd00::/8",
    fieldPath = ".trustedProxies")
public record RouterSpec(
    @JsonPropertyDescription(
            "Whether routers run, at <policy>-router:8080; when left out, for strategy Geo alone.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Number of routers.") @Default("2") @Min(1) @Max(20) Integer replicas,
    @JsonPropertyDescription(
            "Networks of the proxies whose word on addresses and countries of clients counts, for instance 10.42.0.0/16; nobody's when left out.")
        @Size(max = 50)
        @ListSet
        List<@Network String> trustedProxies,
    @JsonPropertyDescription("Compute resources of each router.")
        @Nullable ResourceRequirements resources) {
  public RouterSpec {
    trustedProxies = Absent.toEmpty(trustedProxies);
  }
}
