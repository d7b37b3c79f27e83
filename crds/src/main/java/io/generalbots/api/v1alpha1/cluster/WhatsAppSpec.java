package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.Word;

/** Sender of WhatsApp codes. */
@ApiObject
public record WhatsAppSpec(
    @JsonPropertyDescription("Whether codes go out by WhatsApp.") @Default("true") Boolean enabled,
    @JsonPropertyDescription("Who sends them.") @Default("Twilio") MfaSender provider,
    @JsonPropertyDescription("Name of the approved message template.") @Default("mfa_code") @Word
        String template,
    @JsonPropertyDescription("Secret with the keys sid, token and sender.") @Required @ObjectName
        String secretName) {}
