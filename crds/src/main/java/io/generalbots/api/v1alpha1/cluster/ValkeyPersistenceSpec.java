package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.Rules;
import org.jspecify.annotations.Nullable;

/** What survives a restart. */
@ApiObject
@ValidationRule(value = Rules.GROW, message = Rules.GROW_MESSAGE, fieldPath = ".size")
@ValidationRule(
    value = Rules.SAME_CLASS,
    message = Rules.SAME_CLASS_MESSAGE,
    fieldPath = ".storageClass")
public record ValkeyPersistenceSpec(
    @JsonPropertyDescription("AppendOnly (log of every write), Snapshot or Disabled (memory only).")
        @Default("AppendOnly")
        ValkeyPersistenceMode mode,
    @JsonPropertyDescription(
            "Size of each volume; at least twice the memory. It can grow, never shrink.")
        @Default("5Gi")
        Quantity size,
    @JsonPropertyDescription(
            "StorageClass of the volumes; the cluster's default class when left out. It cannot change later.")
        @ObjectName
        @Nullable String storageClass) {}
