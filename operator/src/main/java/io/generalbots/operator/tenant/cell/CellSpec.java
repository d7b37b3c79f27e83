package io.generalbots.operator.tenant.cell;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.operator.cluster.Inheritance;
import io.generalbots.operator.cluster.botserver.BotServers;
import java.util.List;
import java.util.Optional;

/**
 * The spec of a Cell, from that of the BotCluster its Tenant is on and that of the Tenant. Pure.
 *
 * @param parent the BotCluster
 * @param tenant whose Cell it is
 * @param hosts that lead to it
 * @param live the spec that is there; empty at first
 */
record CellSpec(
    BotCluster parent, Tenant tenant, List<String> hosts, Optional<BotClusterSpec> live) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** With less no server of its kind starts. */
  private static final Quantity LEAST_DISK = Quantity.parse("1Gi");

  private static final String LEAST_MEMORY = "64Mi";
  private static final String SHARED = "ReadWriteMany";
  private static final String MODE = "accessMode";
  private static final String ENABLED = "enabled";

  BotClusterSpec spec() {
    var spec = new Inheritance(parent).tree();
    spec.put("domain", domain());
    spec.set("reclaimPolicy", MAPPER.valueToTree(tenant.getSpec().reclaimPolicy()));
    spec.put("hibernate", tenant.getSpec().suspend() || parent.getSpec().hibernate());
    switchOff(spec);
    servers(spec.withObject("/botserver"));
    if (!hosts.isEmpty() && spec.at("/livekit/enabled").asBoolean()) {
      spec.withObject("/livekit").put("publicUrl", "wss://" + domain());
    }
    sizes(spec);
    keep(spec);
    return Inheritance.spec(spec);
  }

  /** A Tenant without a host has a name all the same, which leads nowhere. */
  private String domain() {
    return hosts.stream()
        .findFirst()
        .orElseGet(() -> tenant.getMetadata().getName() + "." + parent.getSpec().domain());
  }

  /** The BotCluster leads to it, signs people in and watches for both. */
  private static void switchOff(ObjectNode spec) {
    spec.withObject("/gateway").put(ENABLED, false);
    spec.withObject("/directory").put("mode", "Disabled");
    spec.withObject("/observability").put("mode", "Disabled");
  }

  private void servers(ObjectNode servers) {
    var own = tenant.getSpec().botserver();
    servers.put(ENABLED, !Boolean.FALSE.equals(own.enabled()));
    servers.put("replicas", own.replicas());
    Optional.ofNullable(own.image()).ifPresent(image -> servers.put("image", image));
    Optional.ofNullable(own.resources())
        .ifPresent(resources -> servers.set("resources", MAPPER.valueToTree(resources)));
    var variables =
        own.environment().stream().filter(v -> !BotServers.isReserved(v.getName())).toList();
    servers.set("environment", MAPPER.valueToTree(variables));
    var volume = servers.withObject("/workVolume");
    if (own.replicas() > 1 && !SHARED.equals(volume.path(MODE).asText())) {
      volume.remove(MODE);
    }
  }

  /** What a Tenant may use elsewhere is what its own servers have. */
  private void sizes(ObjectNode spec) {
    var limits = tenant.getSpec().limits();
    var disks = new Disks(spec, Optional.empty());
    disks.size("/postgres/storage", limits.databaseSize());
    disks.atLeast("/postgres/storage", LEAST_DISK);
    disks.size("/seaweedfs/volumes/storage", limits.bucketSize());
    disks.atLeast("/seaweedfs/volumes/storage", LEAST_DISK);
    var memory = larger(limits.cacheMemory(), Quantity.parse(LEAST_MEMORY));
    spec.withObject("/valkey").put("memory", memory.toString());
    disks.atLeast("/valkey/persistence", memory);
  }

  private static Quantity larger(Quantity one, Quantity other) {
    var less = Quantity.getAmountInBytes(one).compareTo(Quantity.getAmountInBytes(other)) < 0;
    return less ? other : one;
  }

  /** What the definition lets nobody change, whatever the BotCluster has become since. */
  private void keep(ObjectNode spec) {
    var former = live.map(Inheritance::tree);
    new Disks(spec, former).keep();
    former.ifPresent(
        f -> spec.withObject("/seaweedfs/filers").set("store", f.at("/seaweedfs/filers/store")));
  }
}
