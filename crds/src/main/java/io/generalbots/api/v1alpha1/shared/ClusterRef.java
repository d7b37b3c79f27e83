package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Label;
import org.jspecify.annotations.Nullable;

/** Names a BotCluster, in this namespace or in one that the BotCluster admits. */
@ApiObject
public record ClusterRef(
    @JsonPropertyDescription("Name of the BotCluster.") @Required @Label String name,
    @JsonPropertyDescription(
            "Namespace of the BotCluster; this one when left out. Another namespace works only where the BotCluster's spec.tenants.allowedNamespaces admits it.")
        @Label
        @Nullable String namespace) {}
