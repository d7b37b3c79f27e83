package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HttpUrl;

/** Where errors are reported. */
@ApiObject
public record AlertmanagerSpec(
    @JsonPropertyDescription("URL of Alertmanager, without the API path.") @Required @HttpUrl
        String url) {}
