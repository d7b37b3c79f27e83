package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HttpUrl;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.Word;
import org.jspecify.annotations.Nullable;

/** A Zitadel outside of the BotCluster. */
@ApiObject
public record DirectoryExternal(
    @JsonPropertyDescription("URL of the instance.") @Required @HttpUrl String address,
    @JsonPropertyDescription("Project whose applications bots sign in with; made when left out.")
        @Word
        @Nullable String projectId,
    @JsonPropertyDescription(
            "Secret whose key token holds a personal access token of a service user.")
        @Required
        @ObjectName
        String secretName,
    @JsonPropertyDescription(
            "Secret whose key ca.crt holds the certificate authority of the instance; the system's authorities when left out.")
        @ObjectName
        @Nullable String caSecretName) {}
