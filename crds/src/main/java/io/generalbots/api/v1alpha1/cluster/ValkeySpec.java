package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import org.jspecify.annotations.Nullable;

/** Valkey. */
@ApiObject
@ValidationRule(
    value =
        "self.persistence.mode == 'Disabled' || quantity(string(self.persistence.size)).compareTo(quantity(string(self.memory))) >= 0",
    message =
        "persistence.size is below memory: write at least twice the memory, or persistence.mode: Disabled",
    fieldPath = ".persistence.size")
@ValidationRule(
    value = "!has(self.external) || has(self.external.secretName) || self.tls.mode != 'Required'",
    message =
        "external Valkey needs credentials: write external.secretName, a Secret with the keys username and password",
    fieldPath = ".external")
public record ValkeySpec(
    @JsonPropertyDescription("Number of Valkey servers: one primary, the others replicas.")
        @Default("3")
        @Min(1)
        @Max(9)
        Integer replicas,
    @JsonPropertyDescription("Memory for the data of each server (maxmemory).") @Default("512Mi")
        Quantity memory,
    @JsonPropertyDescription("What survives a restart.") @Default("{}")
        ValkeyPersistenceSpec persistence,
    @JsonPropertyDescription(
            "What is removed when the memory is full, by Valkey's own names. Anything but noeviction can lose sessions and messages.")
        @Default("noeviction")
        EvictionPolicy evictionPolicy,
    @JsonPropertyDescription("Transport encryption.") @Default("{}") ValkeyTlsSpec tls,
    @JsonPropertyDescription("Compute resources of each server; derived from memory when left out.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription(
            "A Valkey or Redis server that exists already, used instead of a managed one: address is host:port, the Secret holds username and password.")
        @Nullable ExternalService external) {}
