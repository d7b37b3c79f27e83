package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;

/** Sender of text messages. */
@ApiObject
public record SmsSpec(
    @JsonPropertyDescription("Who sends them.") @Default("Twilio") MfaSender provider,
    @JsonPropertyDescription("Secret with the keys sid, token and sender.") @Required @ObjectName
        String secretName) {}
