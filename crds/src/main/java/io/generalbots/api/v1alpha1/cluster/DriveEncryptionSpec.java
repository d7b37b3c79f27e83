package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ValueRef;
import org.jspecify.annotations.Nullable;

/** Server-side encryption of objects. */
@ApiObject
public record DriveEncryptionSpec(
    @JsonPropertyDescription(
            "Whether new objects are encrypted; follows spec.encryption.atRest when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription(
            "SseS3 (one key on the server, default of every bucket) or SseC (the key comes with each request).")
        @Default("SseS3")
        DriveEncryptionType type,
    @JsonPropertyDescription(
            "Where the key encryption key lies, as vault:<path>/<key>. Never the key itself.")
        @Default("vault:gbo/encryption/drive_key")
        @ValueRef
        String key) {}
