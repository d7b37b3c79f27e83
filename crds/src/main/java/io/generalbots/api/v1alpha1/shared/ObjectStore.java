package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Bucket;
import io.generalbots.api.v1alpha1.schema.HttpUrl;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.SecretPath;
import io.generalbots.api.v1alpha1.schema.Word;
import org.jspecify.annotations.Nullable;

/** A bucket of an S3-compatible object store. */
@ApiObject
public record ObjectStore(
    @JsonPropertyDescription("URL of the S3 endpoint, for instance https://s3.example.com.")
        @Required
        @HttpUrl
        String endpoint,
    @JsonPropertyDescription("Region that signs the requests; us-east-1 when left out.") @Word
        @Nullable String region,
    @JsonPropertyDescription("Bucket that holds the data; it must exist.") @Required @Bucket
        String bucket,
    @JsonPropertyDescription(
            "Folder inside the bucket; the namespace and name of the resource when left out.")
        @SecretPath
        @Nullable String prefix,
    @JsonPropertyDescription("Secret with the keys access_key and secret_key.")
        @Required
        @ObjectName
        String secretName,
    @JsonPropertyDescription(
            "Secret whose key ca.crt holds the certificate authority of the endpoint; the system's authorities when left out.")
        @ObjectName
        @Nullable String caSecretName) {}
