package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Label;
import io.generalbots.api.v1alpha1.schema.Timestamp;
import io.generalbots.api.v1alpha1.schema.Word;
import io.generalbots.api.v1alpha1.shared.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Restore a backup. */
@ApiObject
@ValidationRule(
    value = "has(self.source) != has(self.objectStore)",
    message =
        "recovery needs exactly one source: write either source (a BotCluster in this namespace) or objectStore")
@ValidationRule(
    value = "!(has(self.targetTime) && has(self.backupId))",
    message =
        "targetTime and backupId exclude each other: a backup by name is restored to its end; remove one of the two")
public record RecoverySpec(
    @JsonPropertyDescription(
            "BotCluster in this namespace whose backups are read; it may be deleted already if its credentials were retained.")
        @Label
        @Nullable String source,
    @JsonPropertyDescription("Bucket with the backups.") @Nullable ObjectStore objectStore,
    @JsonPropertyDescription("Backup to restore; the newest before targetTime when left out.") @Word
        @Nullable String backupId,
    @JsonPropertyDescription("Point in time to restore to; the newest when left out.") @Timestamp
        @Nullable String targetTime) {}
