package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Message;
import org.jspecify.annotations.Nullable;

/** Which messaging tier is in use. */
@ApiObject
public record MessagingStatus(
    @JsonPropertyDescription("Tier in use.") @Nullable MessagingProvider tier,
    @JsonPropertyDescription("Tier that would fit.") @Nullable MessagingProvider recommendedTier,
    @JsonPropertyDescription("Why it was decided.") @Message @Nullable String reason) {}
