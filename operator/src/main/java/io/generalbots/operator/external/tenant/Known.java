package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.TenantNames;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is registered on a BotCluster, and who left something there.
 *
 * @param tenants by name
 * @param buckets of their bots
 */
record Known(Set<String> tenants, Set<String> buckets) {

  /** As the API server knows it now. */
  static Known of(KubernetesClient client, BotCluster cluster) {
    var meta = cluster.getMetadata();
    var all =
        client
            .secrets()
            .inNamespace(meta.getNamespace())
            .withLabel(Labels.CLUSTER, meta.getName())
            .withLabel(Labels.TENANT_NAMESPACE)
            .list()
            .getItems();
    return new Known(
        registrations(all).map(Registration::tenant).collect(Collectors.toSet()),
        registrations(all).flatMap(r -> r.buckets().stream()).collect(Collectors.toSet()));
  }

  private static Stream<Registration> registrations(List<Secret> secrets) {
    return secrets.stream().flatMap(secret -> Registration.of(secret).stream());
  }

  /** Whoever is known to either. */
  Known and(Known other) {
    return new Known(
        Stream.concat(tenants.stream(), other.tenants.stream()).collect(Collectors.toSet()),
        Stream.concat(buckets.stream(), other.buckets.stream()).collect(Collectors.toSet()));
  }

  /** Of databases of tenants, those of others. */
  List<String> withoutDatabases(List<String> found) {
    return withoutNamed(found);
  }

  /** Of users of tenants, those of others. */
  List<String> withoutUsers(List<String> found) {
    return found.stream()
        .filter(name -> tenants.stream().noneMatch(new Login(name, "")::isOf))
        .sorted()
        .toList();
  }

  /** Of namespaces of the vault that are tenants', those of others. */
  List<String> withoutNamespaces(List<String> found) {
    return withoutNamed(found);
  }

  /** Behind two characters stands the name of the Tenant. */
  private List<String> withoutNamed(List<String> found) {
    return found.stream().filter(name -> !tenants.contains(name.substring(2))).sorted().toList();
  }

  /** Of collections of tenants, those of others. */
  List<String> withoutCollections(List<String> found) {
    return found.stream()
        .filter(name -> TenantNames.tenantOfCollection(name).filter(tenants::contains).isEmpty())
        .sorted()
        .toList();
  }

  /** Of buckets of tenants, those of others. */
  List<String> withoutBuckets(List<String> found) {
    return found.stream().filter(bucket -> !buckets.contains(bucket)).sorted().toList();
  }
}
