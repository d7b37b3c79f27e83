package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.tenant.CompleteTenant;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds of all that live on a BotCluster those that matter to a Tenant: who wants what it wants,
 * and who has it. What they come to is the same as if all had been looked at.
 *
 * @param tenants those in a place
 * @param secrets those in a place
 * @param named the Tenant of a name, if it is there
 */
record Neighbours(
    Function<String, List<Tenant>> tenants,
    Function<String, List<Secret>> secrets,
    Function<ResourceID, Optional<Tenant>> named) {

  Neighbourhood of(Tenant tenant, Optional<BotCluster> cluster) {
    var wanted = Places.wanted(tenant);
    var near =
        distinct(
            Stream.of(Stream.of(Places.cluster(tenant), Places.written(tenant)), wanted.stream())
                .flatMap(places -> places)
                .flatMap(place -> secrets.apply(place).stream()),
            secret -> secret.getMetadata().getName());
    var rivals =
        Stream.concat(
            wanted.stream().flatMap(place -> tenants.apply(place).stream()),
            near.values().stream().flatMap(secret -> holder(secret, tenant)));
    return new Neighbourhood(
        cluster,
        distinct(rivals, ResourceID::fromResource).values().stream()
            .map(CompleteTenant::of)
            .toList(),
        List.copyOf(near.values()));
  }

  /** Who has something need not want it any more. */
  private Stream<Tenant> holder(Secret secret, Tenant neighbour) {
    return Registration.of(secret).stream()
        .flatMap(r -> named.apply(new ResourceID(r.tenant(), r.namespace())).stream())
        .filter(t -> Places.cluster(t).equals(Places.cluster(neighbour)));
  }

  private static <K, T> Map<K, T> distinct(Stream<T> all, Function<T, K> key) {
    var distinct = new LinkedHashMap<K, T>();
    all.forEach(one -> distinct.putIfAbsent(key.apply(one), one));
    return distinct;
  }
}
