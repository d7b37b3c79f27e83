package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.Rules;
import org.jspecify.annotations.Nullable;

/** One volume that only needs a size and a class. */
@ApiObject
@ValidationRule(value = Rules.GROW, message = Rules.GROW_MESSAGE, fieldPath = ".size")
@ValidationRule(
    value = Rules.SAME_CLASS,
    message = Rules.SAME_CLASS_MESSAGE,
    fieldPath = ".storageClass")
public record LocalVolume(
    @JsonPropertyDescription("Size of the volume. It can grow, never shrink.") @Required
        Quantity size,
    @JsonPropertyDescription(
            "StorageClass of the volume; the cluster's default class when left out. It cannot change later.")
        @ObjectName
        @Nullable String storageClass) {}
