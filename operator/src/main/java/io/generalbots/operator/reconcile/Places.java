package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.residents.Cells;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.tenant.place.Claims;
import io.generalbots.operator.tenant.place.Neighbourhood;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Under what Tenants and Secrets are found in the caches: a round looks at those that matter to it,
 * however many there are. Pure.
 */
final class Places {

  private Places() {}

  /** A Tenant is found on its BotCluster, by what it wants there, and among those that wait. */
  static List<String> of(Tenant tenant) {
    var cluster = cluster(tenant);
    var places = new ArrayList<String>();
    places.add(cluster);
    places.addAll(wanted(tenant));
    if (TenantLoop.waitsForOthers(tenant)) {
      places.add(waiting(cluster));
    }
    return places;
  }

  /**
   * A Secret is found at the home of its Tenant; a registration by who wrote it and by what it
   * gives; and what a BotCluster has of its own on that.
   */
  static List<String> of(Secret secret) {
    var labels = Objects.labels(secret);
    var cluster = cluster(secret);
    var tenant = labels.get(Labels.TENANT);
    var namespace = labels.get(Labels.TENANT_NAMESPACE);
    if (tenant == null) {
      return List.of(cluster);
    } else if (namespace == null) {
      return List.of(home(secret.getMetadata().getNamespace(), tenant));
    }
    var held = Registration.of(secret).stream().flatMap(r -> held(cluster, r));
    return Stream.concat(Stream.of(written(cluster, namespace, tenant)), held).toList();
  }

  /** Where Secrets in a Tenant's own namespace are. */
  static String home(Tenant tenant) {
    return home(tenant.getMetadata().getNamespace(), tenant.getMetadata().getName());
  }

  /** Where the Tenants of a BotCluster are, and its own Secrets. */
  static String cluster(Tenant tenant) {
    return cluster(Neighbourhood.namespace(tenant), tenant.getSpec().clusterRef().name());
  }

  /** Where what the Cell of a Tenant made is. */
  static String cell(Tenant tenant) {
    var meta = tenant.getMetadata();
    return cluster(meta.getNamespace(), Cells.name(meta.getName()));
  }

  static String cluster(String namespace, String name) {
    return "cluster/%s/%s".formatted(namespace, name);
  }

  /** The BotCluster that a Secret is of. */
  static String cluster(Secret secret) {
    var name = Objects.labels(secret).getOrDefault(Labels.CLUSTER, "");
    return cluster(secret.getMetadata().getNamespace(), name);
  }

  /** Where the Secrets are that a Tenant wrote beside its BotCluster. */
  static String written(Tenant tenant) {
    var meta = tenant.getMetadata();
    return written(cluster(tenant), meta.getNamespace(), meta.getName());
  }

  /** Where those are that want what a Tenant wants, or have it. */
  static List<String> wanted(Tenant tenant) {
    var cluster = cluster(tenant);
    return Claims.wanted(tenant).map(claim -> claim(cluster, claim)).toList();
  }

  /** Where those are that want what was given to a Tenant. */
  static Stream<String> held(String cluster, Registration registration) {
    return Claims.held(registration).map(claim -> claim(cluster, claim));
  }

  /** Where the Tenants are that wait for what others have. */
  static String waiting(String cluster) {
    return cluster + "/waiting";
  }

  private static String home(String namespace, String tenant) {
    return "tenant/%s/%s".formatted(namespace, tenant);
  }

  private static String written(String cluster, String namespace, String tenant) {
    return "%s/of/%s/%s".formatted(cluster, namespace, tenant);
  }

  private static String claim(String cluster, String claim) {
    return cluster + "/claim/" + claim;
  }
}
