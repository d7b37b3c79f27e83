package io.generalbots.operator.tenant.place;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.residents.Shelter;
import java.util.List;
import java.util.Optional;

/**
 * What a Tenant has to know beyond its own namespace.
 *
 * @param cluster the BotCluster it names, if it exists
 * @param tenants all that name the same BotCluster, itself among them
 * @param secrets the BotCluster's own, and the registrations of all its Tenants
 */
public record Neighbourhood(
    Optional<BotCluster> cluster, List<Tenant> tenants, List<Secret> secrets) {

  /** A Tenant that is alone and whose BotCluster does not exist. */
  public static final Neighbourhood NONE =
      new Neighbourhood(Optional.empty(), List.of(), List.of());

  public Neighbourhood {
    tenants = List.copyOf(tenants);
    secrets = List.copyOf(secrets);
  }

  /** The namespace of the BotCluster that a Tenant names. */
  public static String namespace(Tenant tenant) {
    return Optional.ofNullable(tenant.getSpec().clusterRef().namespace())
        .orElse(tenant.getMetadata().getNamespace());
  }

  /**
   * All registrations that can be read, be they on their way out or not, and of those who are gone
   * what they left.
   */
  public List<Registration> registrations() {
    return secrets.stream()
        .filter(s -> is(Registration.COMPONENT, s) || is(Remains.COMPONENT, s))
        .flatMap(s -> Registration.of(s).stream())
        .toList();
  }

  /** The registrations of this Tenant, or of one that had its name. */
  public List<Secret> registered(Tenant tenant) {
    return writtenBy(tenant).stream()
        .map(Secret.class::cast)
        .filter(s -> is(Registration.COMPONENT, s))
        .toList();
  }

  /** What the BotCluster was told of this very Tenant, be it on its way out or not. */
  public Optional<Registration> told(Tenant tenant) {
    return writtenBy(tenant).stream()
        .flatMap(secret -> Registration.of((Secret) secret).stream())
        .filter(r -> r.uid().equals(tenant.getMetadata().getUid()))
        .findFirst();
  }

  /** The ShardPolicy that chooses where databases of Tenants are; empty if none does. */
  public Optional<String> chooser() {
    return cluster
        .flatMap(c -> secret(Shelter.secretName(c.getMetadata().getName())))
        .map(Shelter::policy);
  }

  /** What it chose for this Tenant. */
  public Optional<Shelter> shelter(Tenant tenant) {
    return writtenBy(tenant).stream()
        .flatMap(secret -> Shelter.of((Secret) secret).stream())
        .findFirst();
  }

  /** What a Tenant of this name left here, or leaves now. */
  public Optional<Remains> remains(Tenant tenant) {
    return writtenBy(tenant).stream()
        .map(Secret.class::cast)
        .flatMap(s -> Remains.of(s).stream())
        .findFirst();
  }

  /** The Secrets beside the BotCluster that this Tenant wrote, or that are about it. */
  public List<HasMetadata> writtenBy(Tenant tenant) {
    var meta = tenant.getMetadata();
    return secrets.stream()
        .filter(s -> meta.getName().equals(Objects.labels(s).get(Labels.TENANT)))
        .filter(s -> meta.getNamespace().equals(Objects.labels(s).get(Labels.TENANT_NAMESPACE)))
        .<HasMetadata>map(s -> s)
        .toList();
  }

  /** A Secret of the BotCluster. */
  public Optional<Secret> secret(String name) {
    return secrets.stream().filter(s -> name.equals(s.getMetadata().getName())).findFirst();
  }

  private static boolean is(String component, Secret secret) {
    return component.equals(Objects.labels(secret).get(Labels.COMPONENT));
  }

  /** Names no Secret: the text may be logged. */
  @Override
  public String toString() {
    return "neighbourhood of %d tenants".formatted(tenants.size());
  }
}
