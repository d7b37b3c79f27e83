package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Label;
import io.generalbots.api.v1alpha1.schema.Message;
import org.jspecify.annotations.Nullable;

/** State of one store. */
@ApiObject
public record StoreStatus(
    @JsonPropertyDescription(
            "Name of the store: postgres, valkey, qdrant, seaweedfs, livekit, vault or directory.")
        @Required
        @Label
        String name,
    @JsonPropertyDescription("State in one word.") @Required StoreState state,
    @JsonPropertyDescription("What is wrong, and what to do.") @Message @Nullable String message) {}
