package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HttpUrl;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.Word;
import org.jspecify.annotations.Nullable;

/** An object store outside of the BotCluster. */
@ApiObject
public record SeaweedExternal(
    @JsonPropertyDescription("URL of the S3 endpoint.") @Required @HttpUrl String endpoint,
    @JsonPropertyDescription("Region that signs the requests; us-east-1 when left out.") @Word
        @Nullable String region,
    @JsonPropertyDescription("Secret with the keys access_key and secret_key.")
        @Required
        @ObjectName
        String secretName,
    @JsonPropertyDescription(
            "Secret whose key ca.crt holds the certificate authority of the endpoint; the system's authorities when left out.")
        @ObjectName
        @Nullable String caSecretName) {}
