package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Label;
import io.generalbots.api.v1alpha1.schema.ListMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users by region. */
@ApiObject
@ValidationRule(
    value =
        "self.regions.all(a, !has(a.countries) || a.countries.all(country, self.regions.exists_one(b, has(b.countries) && country in b.countries)))",
    message = "a country belongs to two regions: remove it from one of them",
    fieldPath = ".regions")
@ValidationRule(
    value = "self.detection != 'Ip' || has(self.database)",
    message =
        "detection Ip needs a GeoIP database: write geo.database.secretName, or detection: Header",
    fieldPath = ".database")
@ValidationRule(
    value = "self.regions.exists(region, region.name == self.default)",
    message = "default is not among regions: write the name of one of them",
    fieldPath = ".default")
public record GeoStrategy(
    @JsonPropertyDescription("Regions, each with the BotCluster that serves it.")
        @Required
        @Size(max = 20)
        @ListMap("name")
        List<Region> regions,
    @JsonPropertyDescription("Region of users whose place is unknown.")
        @JsonProperty("default")
        @Required
        @Label
        String defaultRegion,
    @JsonPropertyDescription(
            "How the place of a user is found: Ip, or Header (set by a proxy in front).")
        @Default("Ip")
        GeoDetection detection,
    @JsonPropertyDescription("GeoIP database, needed for detection Ip.")
        @Nullable GeoDatabase database,
    @JsonPropertyDescription(
            "DNS entries of the BotCluster's hosts, for external-dns; none when left out.")
        @Nullable GeoDns dns) {
  public GeoStrategy {
    regions = Absent.toEmpty(regions);
  }
}
