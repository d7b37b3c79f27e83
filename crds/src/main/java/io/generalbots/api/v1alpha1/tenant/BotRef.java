package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.BotName;

/** A bot. */
@ApiObject
public record BotRef(
    @JsonPropertyDescription("Name of the bot, as in its bucket <name>.gbai.") @Required @BotName
        String name) {}
