package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;

/** One bot server. */
@ApiObject
public record BotServerInstance(
    @JsonPropertyDescription("Name of its pod.") @Required @ObjectName String name,
    @JsonPropertyDescription("How far it is in its life.") @Required BotServerStage stage) {}
