package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Entropy;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.SharedSource;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.residents.Cells;
import io.generalbots.operator.tenant.place.Admission;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is seen of a Tenant and its neighbourhood, all of it from caches.
 *
 * @param clock the time of rounds
 * @param entropy where seeds come from
 * @param settings how this operator was set up
 * @param clusters remembers BotClusters
 */
public record TenantSight(
    Clock clock, Entropy entropy, Settings settings, CompleteClusters clusters) {

  /** One that remembers nothing yet. */
  public TenantSight(Clock clock, Entropy entropy, Settings settings) {
    this(clock, entropy, settings, new CompleteClusters());
  }

  /** What is known of the Tenant's own namespace; of its Cell, what that publishes beside it. */
  Facts home(Tenant tenant, Context<Tenant> context) {
    var ours = new ArrayList<HasMetadata>(secrets(context, Places.home(tenant)));
    TenantLoop.KINDS.forEach(kind -> ours.addAll(context.getSecondaryResources(kind)));
    if (!Admission.wantsCell(tenant)) {
      return facts(ours);
    }
    clusters(tenant, context).filter(c -> isCell(c, tenant)).forEach(ours::add);
    var published = secrets(context, Places.cell(tenant));
    return facts(ours).in(new Surroundings(published, Set.of()));
  }

  /** Not one of the same name that is somebody else's. */
  private static boolean isCell(BotCluster cluster, Tenant tenant) {
    return cluster.getMetadata().getName().equals(Cells.name(tenant.getMetadata().getName()))
        && TenantLoop.home(tenant).isOwned(cluster);
  }

  /** The same, and what servers said of the Tenant last. */
  Facts all(Tenant tenant, Context<Tenant> context) {
    var read = context.getSecondaryResourcesAsStream(Reading.class).collect(Collectors.toSet());
    var home = home(tenant, context);
    var published = home.surroundings().secrets();
    return home.in(new Surroundings(published, Set.of(), Optional.empty(), read));
  }

  /** What is known beside the BotCluster that this Tenant wrote. */
  Facts abroad(Tenant tenant, Neighbourhood near) {
    return facts(near.writtenBy(tenant));
  }

  /** Of all on its BotCluster, those that matter to it. */
  Neighbourhood near(Tenant tenant, Context<Tenant> context) {
    var cluster = clusters(tenant, context).filter(c -> isOn(c, tenant)).findFirst();
    var tenants = context.getPrimaryCache();
    return new Neighbours(
            place -> tenants.byIndex(TenantSources.INDEX, place),
            place -> secrets(context, place),
            tenants::get)
        .of(tenant, cluster.map(clusters::of));
  }

  private static Stream<BotCluster> clusters(Tenant tenant, Context<Tenant> context) {
    return context
        .eventSourceRetriever()
        .getEventSourceFor(BotCluster.class)
        .getSecondaryResources(tenant)
        .stream()
        .filter(c -> c.getMetadata().getDeletionTimestamp() == null);
  }

  private static boolean isOn(BotCluster cluster, Tenant tenant) {
    return cluster.getMetadata().getName().equals(tenant.getSpec().clusterRef().name())
        && cluster.getMetadata().getNamespace().equals(Neighbourhood.namespace(tenant));
  }

  private Facts facts(List<HasMetadata> owned) {
    return new Facts(clock.instant(), entropy, owned, settings);
  }

  private static List<Secret> secrets(Context<Tenant> context, String place) {
    var source = context.eventSourceRetriever().getEventSourceFor(Secret.class);
    if (source instanceof SharedSource<?, ?> shared) {
      return shared.byIndex(place).stream().map(Secret.class::cast).toList();
    }
    throw new IllegalStateException("Secrets are not watched");
  }
}
