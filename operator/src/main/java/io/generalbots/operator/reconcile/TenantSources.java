package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.vault.Entrance;
import io.generalbots.operator.kernel.Informers;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.SharedSource;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.residents.Cells;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Shelter;
import io.generalbots.operator.tenant.place.Admission;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What wakes Tenants: their own Secrets, their BotCluster, its Secrets that they hand on, and other
 * Tenants for those that wait for a name, host or bot.
 *
 * @param context of the controller
 * @param informers how Secrets are seen
 */
record TenantSources(EventSourceContext<Tenant> context, Informers informers) {

  /** The index of Tenants and Secrets by {@link Places}. */
  static final String INDEX = "places";

  List<EventSource<?, Tenant>> all() {
    context.getPrimaryCache().addIndexers(Map.of(INDEX, Places::of));
    return List.of(secrets(), clusters(), new Awaited<>(this::waiting));
  }

  /** None is a Tenant's as pods are: what a round looks at it finds by its place. */
  private EventSource<?, Tenant> secrets() {
    return informers.source(
        new SharedSource.Sight<Secret, Tenant>(
            Secret.class,
            this::touchedBy,
            TenantSources::isOther,
            INDEX,
            Places::of,
            tenant -> List.of()),
        context);
  }

  private EventSource<?, Tenant> clusters() {
    var configuration =
        InformerEventSourceConfiguration.from(BotCluster.class, Tenant.class)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(
                c -> ids(Stream.concat(on(c), inCell(namespace(c), c.getMetadata().getName()))))
            .withPrimaryToSecondaryMapper(TenantSources::clusterOf)
            .withOnUpdateFilter(new ClusterTurn())
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  private Set<ResourceID> touchedBy(Secret secret) {
    var labels = Objects.labels(secret);
    var namespace = secret.getMetadata().getNamespace();
    var tenant = labels.get(Labels.TENANT);
    if (tenant == null) {
      return handedOn(secret);
    } else if (!labels.containsKey(Labels.TENANT_NAMESPACE)) {
      return Set.of(new ResourceID(tenant, namespace));
    }
    var own = Stream.of(new ResourceID(tenant, labels.get(Labels.TENANT_NAMESPACE)));
    var others = Stream.concat(at(Places.waiting(Places.cluster(secret))), rivals(secret));
    return Stream.concat(own, ids(others).stream()).collect(Collectors.toSet());
  }

  /** What a BotCluster publishes of itself, Tenants publish in their turn; a Cell to its own. */
  private Set<ResourceID> handedOn(Secret secret) {
    var name = secret.getMetadata().getName();
    var cluster = Objects.labels(secret).getOrDefault(Labels.CLUSTER, "");
    var alone = ids(inCell(namespace(secret), cluster));
    if (!alone.isEmpty()) {
      return alone;
    }
    var published =
        Set.of(
            cluster + "-server",
            cluster + "-valkey",
            cluster + "-s3",
            Shelter.secretName(cluster),
            Entrance.secretName(cluster));
    return published.contains(name) ? ids(at(Places.cluster(secret))) : Set.of();
  }

  /** Those that may have been given the same at the same time, since neither knew of the other. */
  private Stream<Tenant> rivals(Secret registration) {
    return Registration.of(registration).stream()
        .flatMap(r -> Places.held(Places.cluster(registration), r))
        .flatMap(this::at);
  }

  /** Those that wait for what this one may have. */
  private Set<ResourceID> waiting(Tenant tenant) {
    return ids(at(Places.waiting(Places.cluster(tenant))));
  }

  /** The Tenant that a BotCluster of this name is made for, if it is. */
  private Stream<Tenant> inCell(String namespace, String cluster) {
    return Cells.tenant(cluster)
        .flatMap(tenant -> context.getPrimaryCache().get(new ResourceID(tenant, namespace)))
        .filter(Admission::wantsCell)
        .stream();
  }

  private static String namespace(HasMetadata object) {
    return object.getMetadata().getNamespace();
  }

  private Stream<Tenant> on(BotCluster cluster) {
    var meta = cluster.getMetadata();
    return at(Places.cluster(meta.getNamespace(), meta.getName()));
  }

  private Stream<Tenant> at(String place) {
    return context.getPrimaryCache().byIndex(INDEX, place).stream();
  }

  private static Set<ResourceID> clusterOf(Tenant tenant) {
    var own =
        new ResourceID(
            Cells.name(tenant.getMetadata().getName()), tenant.getMetadata().getNamespace());
    var on = new ResourceID(tenant.getSpec().clusterRef().name(), Neighbourhood.namespace(tenant));
    return Stream.concat(Stream.of(on), Stream.of(own).filter(id -> Admission.wantsCell(tenant)))
        .collect(Collectors.toSet());
  }

  private static Set<ResourceID> ids(Stream<? extends HasMetadata> objects) {
    return objects.map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  private static boolean isOther(HasMetadata now, HasMetadata before) {
    return !now.getMetadata()
        .getResourceVersion()
        .equals(before.getMetadata().getResourceVersion());
  }
}
