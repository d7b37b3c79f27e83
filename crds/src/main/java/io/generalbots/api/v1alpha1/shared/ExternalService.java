package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.Address;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import org.jspecify.annotations.Nullable;

/** A service that runs outside of the BotCluster and is used instead of a managed one. */
@ApiObject
public record ExternalService(
    @JsonPropertyDescription(
            "Where the service answers: host:port, or a URL such as https://host:port where the protocol needs one.")
        @Required
        @Address
        String address,
    @JsonPropertyDescription(
            "Secret whose key ca.crt holds the certificate authority to trust; the system's authorities when left out.")
        @ObjectName
        @Nullable String caSecretName,
    @JsonPropertyDescription(
            "Secret with the credentials, under the same keys the managed component would publish.")
        @ObjectName
        @Nullable String secretName) {}
