package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** Media workers beside LiveKit. */
@ApiObject
public record MediaSpec(
    @JsonPropertyDescription(
            "GStreamer, for filters and broadcast streams that LiveKit does not have.")
        @Default("{}")
        GStreamerSpec gstreamer) {}
