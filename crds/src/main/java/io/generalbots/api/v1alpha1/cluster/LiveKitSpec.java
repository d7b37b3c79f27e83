package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ValueRef;
import io.generalbots.api.v1alpha1.schema.WebSocketUrl;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import org.jspecify.annotations.Nullable;

/** LiveKit. */
@ApiObject
@ValidationRule(
    value =
        "!has(self.external) || self.external.address.startsWith('wss://') || self.external.address.startsWith('ws://') || self.external.address.startsWith('https://')",
    message = "external.address of LiveKit is a URL: write wss://host",
    fieldPath = ".external.address")
@ValidationRule(
    value = "!has(self.external) || !has(self.enabled) || self.enabled",
    message = "external LiveKit is given but enabled is false: remove one of the two",
    fieldPath = ".enabled")
public record LiveKitSpec(
    @JsonPropertyDescription("Whether LiveKit runs; left to the profile when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Who serves meetings; LiveKit is the one there is.")
        @Default("LiveKit")
        MeetProvider provider,
    @JsonPropertyDescription("URL that browsers connect to; wss://meet.<domain> when left out.")
        @WebSocketUrl
        @Nullable String publicUrl,
    @JsonPropertyDescription("Where the API key lies, as vault:<path>/<key>. Never the key itself.")
        @Default("vault:gbo/meet/api_key")
        @ValueRef
        String apiKey,
    @JsonPropertyDescription(
            "Where the API secret lies, as vault:<path>/<key>. Never the secret itself.")
        @Default("vault:gbo/meet/api_secret")
        @ValueRef
        String apiSecret,
    @JsonPropertyDescription("Number of LiveKit servers.") @Default("2") @Min(1) @Max(50)
        Integer replicas,
    @JsonPropertyDescription(
            "Media ports on the node's own network, for clients outside. Needs a namespace that admits such pods and one node for each server; false leaves TURN as the way in.")
        @Default("false")
        Boolean hostNetwork,
    @JsonPropertyDescription("The built-in TURN server, for clients behind strict firewalls.")
        @Default("{}")
        TurnSpec turn,
    @JsonPropertyDescription("Recording of rooms into the object store.") @Default("{}")
        RecordingSpec recording,
    @JsonPropertyDescription("Live transcription.") @Default("{}") TranscriptionSpec transcription,
    @JsonPropertyDescription(
            "How long the rooms of a server that is to stop may go on; it takes no new ones.")
        @Default("3600")
        @Min(0)
        @Max(86400)
        Integer drainSeconds,
    @JsonPropertyDescription(
            "How long a former key stays valid after the annotation generalbots.io/rotate replaced it.")
        @Default("3600")
        @Min(0)
        @Max(604800)
        Integer keyGraceSeconds,
    @JsonPropertyDescription("Compute resources of each server.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription(
            "A LiveKit that exists already, used instead of a managed one: address is a wss:// URL, the Secret holds the keys api_key and api_secret.")
        @Nullable ExternalService external) {}
