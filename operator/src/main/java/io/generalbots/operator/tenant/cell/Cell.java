package io.generalbots.operator.tenant.cell;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.cluster.Complete;
import io.generalbots.operator.cluster.Inheritance;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.residents.Cells;
import io.generalbots.operator.tenant.credentials.Rotation;
import io.generalbots.operator.tenant.place.Residence;
import java.util.Map;
import java.util.Optional;

/**
 * The BotCluster that a Tenant has to itself, in its own namespace. All that runs in it is made by
 * the loop of BotClusters, which takes it for one like any other.
 *
 * @param tenant whose Cell it is
 * @param home what is known of the Tenant's own namespace
 */
public record Cell(Tenant tenant, Facts home) {

  /** What is made for a Cell beside what it makes itself is labelled with this. */
  static final String COMPONENT = "cell";

  /** The Cell that is there and is this Tenant's. */
  public Optional<BotCluster> live() {
    return home.findings()
        .of(Live.class, () -> new Live(home.find(BotCluster.class, name()).map(Complete::of)))
        .cell();
  }

  /** Completed once in a round, and not whenever somebody asks. */
  private record Live(Optional<BotCluster> cell) {}

  /** What the Cell publishes of itself, where it is this Tenant's. */
  Optional<Secret> published(String name) {
    return live().flatMap(cell -> home.surroundings().secret(name));
  }

  /** Whether something is there of a Cell that is not there any more: nobody gets it unasked. */
  public boolean wasThere() {
    return live().isEmpty()
        && home.surroundings().secrets().stream()
            .anyMatch(secret -> secret.getMetadata().getOwnerReferences().isEmpty());
  }

  /** It as it should be. */
  BotCluster wished(Residence residence) {
    var former = live().map(BotCluster::getSpec);
    var hosts = residence.verdict().hosts();
    return cluster(new CellSpec(residence.cluster(), tenant, hosts, former).spec());
  }

  /** The same as it is, but for what becomes of its data: nothing else is changed at its end. */
  Optional<Wish> goingBy(ReclaimPolicy policy) {
    return live()
        .map(
            cell -> {
              var spec = Inheritance.tree(cell.getSpec());
              spec.put("reclaimPolicy", policy == ReclaimPolicy.RETAIN ? "Retain" : "Delete");
              return new Wish.Managed(cluster(Inheritance.spec(spec)));
            });
  }

  /** Whether a Cell on this BotCluster has a store: what that has, be it elsewhere. */
  static boolean has(CellStore store, Residence residence) {
    return switch (store) {
      case DATABASE, CACHE -> true;
      case VECTORS, DRIVE, ROOMS, VAULT -> Features.isOn(residence.cluster(), store.component());
    };
  }

  /** What of it, beside itself, is made here. */
  Part part() {
    return Part.ofTenant(tenant.getMetadata().getName(), COMPONENT);
  }

  /** One of its own components. */
  Part part(String component) {
    return new Part(name(), component);
  }

  String name() {
    return Cells.name(tenant.getMetadata().getName());
  }

  private BotCluster cluster(BotClusterSpec spec) {
    var cluster = new BotCluster();
    var meta = new ObjectMetaBuilder().withName(name()).withLabels(part().labels());
    rotation().ifPresent(wish -> meta.withAnnotations(Map.of(Rotation.ROTATE, wish)));
    cluster.setMetadata(meta.build());
    cluster.setSpec(spec);
    return cluster;
  }

  private Optional<String> rotation() {
    return Optional.ofNullable(Objects.annotations(tenant).get(Rotation.ROTATE));
  }

  /** Names no Secret: the text may be logged. */
  @Override
  public String toString() {
    return "cell of " + tenant.getMetadata().getName();
  }
}
