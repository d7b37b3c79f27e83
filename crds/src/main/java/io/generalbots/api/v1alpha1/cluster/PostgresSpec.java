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
import io.generalbots.api.v1alpha1.schema.LongLine;
import io.generalbots.api.v1alpha1.schema.NestedDefault;
import io.generalbots.api.v1alpha1.schema.PostgresVersion;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.api.v1alpha1.shared.Storage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL under Patroni. */
@ApiObject
@ValidationRule(
    value =
        "!has(self.parameters) || self.parameters.all(name, name.size() <= 63 && name.matches('^[a-z_][a-z0-9_]*([.][a-z_][a-z0-9_]*)?$'))",
    message =
        "parameters has a name that PostgreSQL does not know: write it in lower case, such as shared_buffers",
    fieldPath = ".parameters")
@ValidationRule(
    value =
        "!has(self.parameters) || self.parameters.all(name, !(name in ['listen_addresses','port','unix_socket_directories','data_directory','hba_file','ident_file','config_file','external_pid_file','ssl','ssl_cert_file','ssl_key_file','ssl_ca_file','ssl_crl_file','ssl_crl_dir','ssl_passphrase_command','password_encryption','primary_conninfo','primary_slot_name','recovery_target_timeline','restore_command','archive_command','archive_library','archive_cleanup_command','recovery_end_command','synchronous_standby_names','wal_level','hot_standby','wal_log_hints','cluster_name','shared_preload_libraries','local_preload_libraries','session_preload_libraries','dynamic_library_path','krb_server_keyfile']))",
    message =
        "parameters holds one that the operator sets itself, such as listen_addresses, port, ssl or archive_command: remove it",
    fieldPath = ".parameters")
@ValidationRule(
    value = "int(self.version) >= int(oldSelf.version)",
    message =
        "version cannot go back: write the former major version, or restore a backup into a new BotCluster",
    fieldPath = ".version")
@ValidationRule(
    value =
        "self.synchronous.mode == 'Disabled' || self.instances == 1 || self.synchronous.instances < self.instances",
    message =
        "there are too few standbys: set synchronous.instances below instances, or synchronous.mode to Disabled",
    fieldPath = ".synchronous")
@ValidationRule(
    value = "self.synchronous.mode != 'Strict' || self.instances > 1",
    message =
        "synchronous.mode Strict stops every write without a standby: set instances to 2 or more, or synchronous.mode to Quorum",
    fieldPath = ".synchronous.mode")
@ValidationRule(
    value = "!has(self.external) || !self.external.address.contains('://')",
    message = "external.address of PostgreSQL is host:port: remove the scheme",
    fieldPath = ".external.address")
@ValidationRule(
    value = "!has(self.external) || has(self.external.secretName)",
    message =
        "external needs credentials: write external.secretName, a Secret with the keys username and password",
    fieldPath = ".external")
@ValidationRule(
    value = "has(self.external) == has(oldSelf.external)",
    message =
        "a database stays where it is: leave external as it was, or make a new BotCluster and restore a backup there",
    fieldPath = ".external")
public record PostgresSpec(
    @JsonPropertyDescription("Major version. Raising it upgrades the data; it cannot be lowered.")
        @Default("17")
        @PostgresVersion
        String version,
    @JsonPropertyDescription("Number of PostgreSQL servers: one primary, the others standbys.")
        @Default("3")
        @Min(1)
        @Max(9)
        Integer instances,
    @JsonPropertyDescription("The data volume of each instance.")
        @Default("{}")
        @NestedDefault(field = "size", value = "20Gi")
        Storage storage,
    @JsonPropertyDescription("Whether a commit waits for standbys.") @Default("{}")
        SynchronousSpec synchronous,
    @JsonPropertyDescription("Timing of the automatic failover.") @Default("{}")
        PatroniSpec patroni,
    @JsonPropertyDescription(
            "Server parameters, as in postgresql.conf. What the operator sets itself is refused.")
        @Size(max = 100)
        Map<String, @LongLine String> parameters,
    @JsonPropertyDescription("The connection pooler (PgBouncer) in front of the primary.")
        @Default("{}")
        PoolerSpec pooler,
    @JsonPropertyDescription("Compute resources of each instance.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription(
            "A PostgreSQL server that exists already, used instead of a managed one: address is host:port, the Secret holds username and password of a role with CREATEDB and CREATEROLE, and dbname where the database is not called botserver. Only a new BotCluster can have it.")
        @Nullable ExternalService external) {
  public PostgresSpec {
    parameters = Absent.toEmpty(parameters);
  }
}
