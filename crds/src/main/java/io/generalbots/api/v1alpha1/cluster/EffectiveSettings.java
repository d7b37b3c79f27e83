package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Image;
import io.generalbots.api.v1alpha1.schema.Label;
import io.generalbots.api.v1alpha1.schema.ListSet;
import io.generalbots.api.v1alpha1.schema.LongLine;
import java.util.List;
import java.util.Map;

/** What profile and defaults resolved to. */
@ApiObject
public record EffectiveSettings(
    @JsonPropertyDescription("Components that run.") @Size(max = 40) @ListSet
        List<@Label String> components,
    @JsonPropertyDescription("Image of each component.") @Size(max = 40)
        Map<String, @Image String> images,
    @JsonPropertyDescription("Path of a field the spec leaves open, and the value it resolved to.")
        @Size(max = 200)
        Map<String, @LongLine String> settings) {
  public EffectiveSettings {
    components = Absent.toEmpty(components);
    images = Absent.toEmpty(images);
    settings = Absent.toEmpty(settings);
  }
}
