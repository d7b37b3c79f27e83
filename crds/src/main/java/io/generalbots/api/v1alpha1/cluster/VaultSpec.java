package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ListMap;
import io.generalbots.api.v1alpha1.schema.NestedDefault;
import io.generalbots.api.v1alpha1.schema.SecretPath;
import io.generalbots.api.v1alpha1.shared.Storage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The secret store. */
@ApiObject
@ValidationRule(
    value = "self.engine == oldSelf.engine",
    message = "engine cannot change: write the former engine, or create a new BotCluster",
    fieldPath = ".engine")
@ValidationRule(
    value = "!has(self.external) || (has(self.mode) && self.mode == 'External')",
    message =
        "external is given but mode is not External: write mode: External, or remove external",
    fieldPath = ".mode")
@ValidationRule(
    value = "!has(self.mode) || self.mode != 'External' || has(self.external)",
    message = "mode External needs an address: write vault.external with address and auth",
    fieldPath = ".external")
public record VaultSpec(
    @JsonPropertyDescription(
            "Managed, External or Disabled (Kubernetes Secrets only); left to the profile when left out.")
        @Nullable ServiceMode mode,
    @JsonPropertyDescription("Managed: which server runs, OpenBao or Vault.") @Default("OpenBao")
        VaultEngine engine,
    @JsonPropertyDescription("Managed: number of servers.") @Default("3") @Min(1) @Max(7)
        Integer replicas,
    @JsonPropertyDescription("Managed: the data volume of each server.")
        @Default("{}")
        @NestedDefault(field = "size", value = "2Gi")
        Storage storage,
    @JsonPropertyDescription("External: where it is and how to sign in.")
        @Nullable VaultExternal external,
    @JsonPropertyDescription("Mount of the key-value engine (version 2).")
        @Default("secret")
        @SecretPath
        String mount,
    @JsonPropertyDescription("Path below the mount under which all entries lie.")
        @Default("gbo")
        @SecretPath
        String path,
    @JsonPropertyDescription("Your own values, copied from Secrets into the vault.")
        @Size(max = 50)
        @ListMap("path")
        List<UserSecret> userSecrets,
    @JsonPropertyDescription("Managed: compute resources of each server.")
        @Nullable ResourceRequirements resources) {
  public VaultSpec {
    userSecrets = Absent.toEmpty(userSecrets);
  }
}
