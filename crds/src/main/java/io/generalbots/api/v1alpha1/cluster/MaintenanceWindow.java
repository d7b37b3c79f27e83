package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Cron;
import io.generalbots.api.v1alpha1.schema.Period;

/** When work that can wait is done. */
@ApiObject
public record MaintenanceWindow(
    @JsonPropertyDescription("When the window opens: a cron schedule of five fields, in UTC.")
        @Required
        @Cron
        String schedule,
    @JsonPropertyDescription("How long it stays open, for instance 4h.") @Required @Period
        String duration) {}
