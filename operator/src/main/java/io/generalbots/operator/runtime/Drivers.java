package io.generalbots.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.BotDefaultsDriver;
import io.generalbots.operator.external.Doorway;
import io.generalbots.operator.external.SwitchoverDriver;
import io.generalbots.operator.external.drive.DriveFileDriver;
import io.generalbots.operator.external.move.HandOverDriver;
import io.generalbots.operator.external.partition.KeepPartitionsDriver;
import io.generalbots.operator.external.partition.PartitionedTables;
import io.generalbots.operator.external.qdrant.TendingDriver;
import io.generalbots.operator.external.spread.ShardDrivers;
import io.generalbots.operator.external.spread.Shards;
import io.generalbots.operator.external.spread.TellTenantsDriver;
import io.generalbots.operator.external.tenant.ClaimBucketsDriver;
import io.generalbots.operator.external.tenant.ClearCacheDriver;
import io.generalbots.operator.external.tenant.ClearDriveDriver;
import io.generalbots.operator.external.tenant.ClearVectorsDriver;
import io.generalbots.operator.external.tenant.CloseDatabaseDriver;
import io.generalbots.operator.external.tenant.CloseRoomsDriver;
import io.generalbots.operator.external.tenant.EnterCacheDriver;
import io.generalbots.operator.external.tenant.EnterDriveDriver;
import io.generalbots.operator.external.tenant.EnterRoomsDriver;
import io.generalbots.operator.external.tenant.EnterVectorsDriver;
import io.generalbots.operator.external.tenant.ListKeysDriver;
import io.generalbots.operator.external.tenant.OpenDatabaseDriver;
import io.generalbots.operator.external.tenant.Provisioner;
import io.generalbots.operator.external.tenant.RemoveDatabaseDriver;
import io.generalbots.operator.external.vault.VaultDriver;
import io.generalbots.operator.kernel.StepDriver;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Who does which step outside of the Kubernetes API. */
final class Drivers {

  private Drivers() {}

  /**
   * One for every type of step.
   *
   * @param domain the DNS suffix of services
   */
  static List<StepDriver<?>> all(KubernetesClient client, Vertx vertx, String domain) {
    var drivers = new ArrayList<StepDriver<?>>();
    drivers.add(new SwitchoverDriver(client, vertx));
    drivers.add(new TendingDriver(client, vertx));
    drivers.add(new BotDefaultsDriver(client, vertx));
    drivers.add(new DriveFileDriver(client));
    drivers.add(new KeepPartitionsDriver(new PartitionedTables(client, vertx)));
    var shards = new Shards(client, vertx);
    drivers.addAll(ShardDrivers.all(shards));
    drivers.add(new TellTenantsDriver(shards));
    drivers.addAll(ofTenants(client, vertx, domain));
    return drivers;
  }

  /** At all stores that tenants share there is one who lets in a few at a time. */
  private static List<StepDriver<?>> ofTenants(
      KubernetesClient client, Vertx vertx, String domain) {
    var doorway = new Doorway();
    var drivers = new ArrayList<StepDriver<?>>();
    drivers.add(doorway.before(new EnterCacheDriver(client, vertx, domain)));
    drivers.add(doorway.before(new ClaimBucketsDriver(client)));
    drivers.add(doorway.before(new EnterDriveDriver(client)));
    drivers.add(doorway.before(new EnterRoomsDriver(vertx, domain)));
    drivers.add(doorway.before(new CloseRoomsDriver(client, vertx, domain)));
    drivers.add(doorway.before(new ClearCacheDriver(client, vertx, domain)));
    drivers.add(doorway.before(new ListKeysDriver(client, vertx, domain)));
    drivers.add(doorway.before(new ClearDriveDriver(client)));
    drivers.add(doorway.before(new EnterVectorsDriver(vertx, domain)));
    drivers.add(doorway.before(new ClearVectorsDriver(client, vertx, domain)));
    drivers.addAll(VaultDriver.all(vertx, doorway));
    drivers.addAll(ofDatabases(client, vertx, doorway));
    return drivers;
  }

  /** Who hands over waits for nobody, since clients wait for it. */
  private static List<StepDriver<?>> ofDatabases(
      KubernetesClient client, Vertx vertx, Doorway doorway) {
    var provisioner = new Provisioner(client, vertx);
    return List.of(
        doorway.before(new OpenDatabaseDriver(provisioner)),
        doorway.before(new CloseDatabaseDriver(provisioner)),
        doorway.before(new RemoveDatabaseDriver(provisioner)),
        new HandOverDriver(client, vertx, provisioner));
  }
}
