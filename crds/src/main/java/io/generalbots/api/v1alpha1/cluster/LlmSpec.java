package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HttpUrl;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import org.jspecify.annotations.Nullable;

/** The provider of language models. */
@ApiObject
@ValidationRule(
    value =
        "!has(self.url) || self.url.matches(r'^https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?$')",
    message = "llm.url is scheme, host and path: remove everything from the first ?, # or @ on",
    fieldPath = ".url")
@ValidationRule(
    value = "!has(self.url) || !self.url.matches(r'/v1/?$')",
    message = "llm.url is what comes before /v1, which bot servers add: remove /v1 from its end",
    fieldPath = ".url")
@ValidationRule(
    value = "!has(self.caSecretName) || (has(self.url) && self.url.startsWith('https://'))",
    message = "llm.caSecretName is of use for an https provider only: write llm.url, or remove it",
    fieldPath = ".caSecretName")
public record LlmSpec(
    @JsonPropertyDescription(
            "Address of a provider that answers as OpenAI does, without /v1: https://api.openai.com. Bot servers come to it through the gateways; where it is left out they find their provider by themselves.")
        @HttpUrl
        @Nullable String url,
    @JsonPropertyDescription(
            "Secret whose key ca.crt holds the certificate authority of the provider; the system's authorities when left out.")
        @ObjectName
        @Nullable String caSecretName,
    @JsonPropertyDescription(
            "How long the provider may take to begin an answer before it counts as away; one that is not streamed begins when it is whole.")
        @Default("60")
        @Min(1)
        @Max(3600)
        Integer timeoutSeconds) {}
