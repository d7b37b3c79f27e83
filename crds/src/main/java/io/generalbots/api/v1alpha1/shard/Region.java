package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Country;
import io.generalbots.api.v1alpha1.schema.HttpUrl;
import io.generalbots.api.v1alpha1.schema.Label;
import io.generalbots.api.v1alpha1.schema.ListSet;
import io.generalbots.api.v1alpha1.shared.ClusterRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A region. */
@ApiObject
@ValidationRule(
    value = "has(self.countries) || has(self.continents)",
    message = "a region needs a place: write countries, continents or both")
public record Region(
    @JsonPropertyDescription("Name of the region.") @Required @Label String name,
    @JsonPropertyDescription("BotCluster that serves it.") @Required ClusterRef clusterRef,
    @JsonPropertyDescription(
            "Countries by ISO code that belong to it; write Norway in quotes (\"NO\"), or YAML reads it as false.")
        @Size(max = 120)
        @ListSet
        List<@Country String> countries,
    @JsonPropertyDescription("Continents that belong to it; a country named elsewhere goes there.")
        @Size(max = 7)
        @ListSet
        List<Continent> continents,
    @JsonPropertyDescription(
            "URL of the gateway of a region whose BotCluster is in another Kubernetes cluster, for instance https://eu.example.com; nobody looks from here whether it serves.")
        @HttpUrl
        @Nullable String endpoint,
    @JsonPropertyDescription("How it is told to DNS, where geo.dns is set.")
        @Nullable RegionDns dns) {
  public Region {
    countries = Absent.toEmpty(countries);
    continents = Absent.toEmpty(continents);
  }
}
