package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Cron;
import io.generalbots.api.v1alpha1.schema.Period;
import io.generalbots.api.v1alpha1.shared.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Scheduled backups. */
@ApiObject
public record BackupSpec(
    @JsonPropertyDescription("When a full backup is made: a cron schedule of five fields, in UTC.")
        @Default("0 2 * * *")
        @Cron
        String schedule,
    @JsonPropertyDescription("How long backups are kept, for instance 30d.") @Default("30d") @Period
        String retention,
    @JsonPropertyDescription(
            "Bucket outside of this cluster; the managed object store when left out, which does not survive the loss of the whole cluster.")
        @Nullable ObjectStore objectStore,
    @JsonPropertyDescription("Pauses the schedule.") @Default("false") Boolean suspend) {}
