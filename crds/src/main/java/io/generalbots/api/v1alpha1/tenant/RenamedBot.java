package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.BotName;

/** A bot that has another name than in an export. */
@ApiObject
public record RenamedBot(
    @JsonPropertyDescription("Name of the bot in the export.") @Required @BotName String from,
    @JsonPropertyDescription("Name of the bot of this tenant whose bucket gets the objects.")
        @Required
        @BotName
        String name) {}
