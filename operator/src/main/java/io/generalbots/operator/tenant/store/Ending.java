package io.generalbots.operator.tenant.store;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.tenant.ClearCache;
import io.generalbots.operator.external.tenant.ClearDrive;
import io.generalbots.operator.external.tenant.ClearVectors;
import io.generalbots.operator.external.tenant.CloseDatabase;
import io.generalbots.operator.external.tenant.CloseRooms;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.external.vault.Access;
import io.generalbots.operator.external.vault.Chamber;
import io.generalbots.operator.external.vault.CloseVault;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.tenant.credentials.Store;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The end of what a Tenant has in the stores of a BotCluster, when it goes or when the time of what
 * it left is over.
 *
 * @param cluster whose stores they are
 * @param tenant the name of the Tenant
 * @param holder its uid
 * @param keepData whether nothing but its logins goes
 * @param vault the way into the vault; empty until that is in use
 * @param keys to collections that must not open them any more; none where nobody knows them
 * @param servers the BotClusters whose PostgreSQL has anything of it
 */
public record Ending(
    BotCluster cluster,
    String tenant,
    String holder,
    boolean keepData,
    Optional<Access> vault,
    List<Credential> keys,
    Set<String> servers) {

  public Ending {
    keys = List.copyOf(keys);
    servers = new TreeSet<>(servers);
  }

  /** Nothing where logins alone are to go and go with the registration, as they do in most. */
  public List<Step> steps(Store store) {
    return store == Store.DATABASE ? databases() : step(store).stream().toList();
  }

  private List<Step> databases() {
    var namespace = cluster.getMetadata().getNamespace();
    return servers.stream()
        .<Step>map(server -> new CloseDatabase(server, namespace, tenant, holder, keepData))
        .toList();
  }

  private Optional<Step> step(Store store) {
    var name = cluster.getMetadata().getName();
    var namespace = cluster.getMetadata().getNamespace();
    return switch (store) {
      case DATABASE -> Optional.empty();
      case CACHE ->
          Optional.<Step>of(new ClearCache(name, namespace, tenant)).filter(s -> !keepData);
      case DRIVE ->
          Optional.<Step>of(new ClearDrive(name, namespace, tenant, holder)).filter(s -> !keepData);
      case ROOMS -> Optional.of(new CloseRooms(name, namespace, tenant));
      case VECTORS ->
          Optional.<Step>of(new ClearVectors(name, namespace, tenant, keys)).filter(s -> !keepData);
      case VAULT -> vault.map(way -> new CloseVault(way, new Chamber(tenant, holder), keepData));
    };
  }
}
