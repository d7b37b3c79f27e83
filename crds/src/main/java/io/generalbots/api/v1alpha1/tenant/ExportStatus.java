package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Label;
import io.generalbots.api.v1alpha1.schema.Line;
import io.generalbots.api.v1alpha1.schema.Message;
import io.generalbots.api.v1alpha1.schema.Sha256;
import io.generalbots.api.v1alpha1.schema.Timestamp;
import org.jspecify.annotations.Nullable;

/** One export, as the annotation generalbots.io/export asked for it. */
@ApiObject
public record ExportStatus(
    @JsonPropertyDescription("Value of the annotation.") @Required @Label String name,
    @JsonPropertyDescription("State in one word.") @Required ExportState state,
    @JsonPropertyDescription("Bucket that holds it.") @Line @Nullable String bucket,
    @JsonPropertyDescription("Key of its manifest; the archive is beside it.") @Line
        @Nullable String key,
    @JsonPropertyDescription("Bytes of the archive.") @Min(0) @Nullable Long bytes,
    @JsonPropertyDescription("SHA-256 of the archive.") @Sha256 @Nullable String sha256,
    @JsonPropertyDescription("When it began.") @Timestamp @Nullable String startedAt,
    @JsonPropertyDescription("When it ended.") @Timestamp @Nullable String completedAt,
    @JsonPropertyDescription("What is wrong, and what to do.") @Message @Nullable String message) {}
