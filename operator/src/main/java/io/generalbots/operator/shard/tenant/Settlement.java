package io.generalbots.operator.shard.tenant;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shard.TenantStrategy;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.residents.Shelter;
import io.generalbots.operator.tenant.place.Admission;
import io.generalbots.sharding.tenant.PlacementRules;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is known of the Tenants of a BotCluster whose databases are on shards, and of the shards.
 * Who has a Cell has nothing to do with it.
 *
 * @param policy that chooses
 * @param cluster whose Tenants they are
 * @param tenants of it, the oldest first
 * @param facts what was seen
 * @param current the servers that have the databases, by Tenant
 * @param chosen what was chosen before, by Tenant
 */
public record Settlement(
    ShardPolicy policy,
    BotCluster cluster,
    List<Tenant> tenants,
    Facts facts,
    Map<String, String> current,
    Map<String, String> chosen) {

  private static final Comparator<HasMetadata> AGE =
      Comparator.<HasMetadata, String>comparing(
              t -> Optional.ofNullable(t.getMetadata().getCreationTimestamp()).orElse(""))
          .thenComparing(t -> t.getMetadata().getNamespace())
          .thenComparing(t -> t.getMetadata().getName());

  public Settlement {
    tenants = List.copyOf(tenants);
    current = Map.copyOf(current);
    chosen = Map.copyOf(chosen);
  }

  /** That of a policy, of all Tenants that name its BotCluster. */
  public static Settlement of(
      ShardPolicy policy, BotCluster cluster, List<Tenant> all, Facts facts) {
    var own = cluster.getMetadata().getName();
    var current = new HashMap<String, String>();
    registrations(facts)
        .forEach(
            r ->
                current.put(
                    name(r.namespace(), r.tenant()), r.server().isEmpty() ? own : r.server()));
    var chosen =
        facts.all(Secret.class).stream()
            .flatMap(s -> Shelter.of(s).stream())
            .filter(s -> !s.shard().isEmpty())
            .collect(Collectors.toMap(s -> name(s.namespace(), s.tenant()), Shelter::shard));
    return new Settlement(policy, cluster, settlers(cluster, all), facts, current, chosen);
  }

  private static List<Tenant> settlers(BotCluster cluster, List<Tenant> all) {
    var admission = new Admission(Optional.of(cluster));
    return all.stream()
        .filter(t -> Admission.isolation(t) != Isolation.CELL)
        .filter(t -> admission.objection(t).isEmpty())
        .sorted(AGE)
        .toList();
  }

  /** Of those who are there, and of those who left something. */
  private static Stream<Registration> registrations(Facts facts) {
    return facts.surroundings().secrets().stream()
        .filter(s -> isEither(Objects.labels(s).getOrDefault(Labels.COMPONENT, "")))
        .flatMap(s -> Registration.of(s).stream())
        .filter(r -> !r.cell());
  }

  private static boolean isEither(String component) {
    return Registration.COMPONENT.equals(component) || Remains.COMPONENT.equals(component);
  }

  /** A Tenant and its namespace: for a moment two of a name may want to live here. */
  static String name(Tenant tenant) {
    return name(tenant.getMetadata().getNamespace(), tenant.getMetadata().getName());
  }

  private static String name(String namespace, String tenant) {
    return namespace + "/" + tenant;
  }

  /** What shards of a policy may be called, be they there or not. */
  public static Stream<String> possible(ShardPolicy policy) {
    return IntStream.rangeClosed(1, PlacementRules.MAX_SHARDS)
        .mapToObj(number -> policy.getMetadata().getName() + "-" + number);
  }

  TenantStrategy wish() {
    return Optional.ofNullable(policy.getSpec().tenant())
        .orElseThrow(() -> new IllegalStateException("only strategy Tenant places tenants"));
  }

  /** The BotCluster's own server, which is a shard as well. */
  String own() {
    return cluster.getMetadata().getName();
  }

  /** What shards that are made are called, before their number. */
  String prefix() {
    return policy.getMetadata().getName() + "-";
  }

  /** All shards there are: that of the BotCluster, and those that were made and stay. */
  Set<String> shards() {
    var names =
        facts.all(BotCluster.class).stream()
            .filter(c -> c.getMetadata().getDeletionTimestamp() == null)
            .map(c -> c.getMetadata().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    names.add(own());
    return names;
  }

  /** Where the database of a Tenant is; empty of one that has none yet. */
  Optional<String> current(Tenant tenant) {
    return Optional.ofNullable(current.get(name(tenant)));
  }

  /** What was chosen for a Tenant before. */
  Optional<String> chosen(Tenant tenant) {
    return Optional.ofNullable(chosen.get(name(tenant)));
  }

  /** Whether what was chosen for it has yet to come about. */
  boolean isMoving(Tenant tenant) {
    var shard = chosen(tenant);
    return shard.isPresent() && current(tenant).filter(c -> !c.equals(shard.get())).isPresent();
  }

  /** The shard on which somebody wants a Tenant; a schema stays where the others are. */
  Optional<String> pin(Tenant tenant) {
    return shares(tenant) ? Optional.of(own()) : wanted(tenant);
  }

  /** What its spec says. */
  static Optional<String> wanted(Tenant tenant) {
    return Optional.ofNullable(tenant.getSpec().placement()).map(p -> p.shard());
  }

  /** Whether it shares a database with others, which is on the BotCluster's own server. */
  static boolean shares(Tenant tenant) {
    return Admission.isolation(tenant) == Isolation.SCHEMA;
  }
}
