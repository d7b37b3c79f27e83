package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import org.jspecify.annotations.Nullable;

/** Encryption of data at rest. */
@ApiObject
@ValidationRule(
    value = "!has(self.storageClass) || !has(self.atRest) || self.atRest",
    message =
        "encryption.storageClass has no effect: set encryption.atRest to true, or remove storageClass",
    fieldPath = ".storageClass")
public record EncryptionSpec(
    @JsonPropertyDescription(
            "Whether everything written to disk is encrypted; left to the profile when left out. The condition EncryptedAtRest says per store what encrypts it.")
        @Nullable Boolean atRest,
    @JsonPropertyDescription("Aes256Gcm is the one there is.") @Default("Aes256Gcm")
        EncryptionAlgorithm algorithm,
    @JsonPropertyDescription(
            "Where applications find the keys, which are made in Secret <cluster>-encryption: Vault copies them into the vault, if there is one; Secret leaves them there.")
        @Default("Vault")
        KeySource keySource,
    @JsonPropertyDescription("Encrypted StorageClass for every volume that does not name its own.")
        @ObjectName
        @Nullable String storageClass,
    @JsonPropertyDescription("Gives database sessions the key for columns encrypted with pgcrypto.")
        @Default("true")
        Boolean databaseColumns) {}
