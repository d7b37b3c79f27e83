package io.generalbots.operator.tenant;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.external.move.HandOver;
import io.generalbots.operator.external.tenant.ClaimBuckets;
import io.generalbots.operator.external.tenant.Usage;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.residents.Shelter;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Tenant that lives through rounds: plans are taken for done, and time passes when told. */
final class Household {

  private static final Map<String, String> VAULT =
      Map.of("address", "https://demo-vault.bots.svc:8200", "ca.crt", "CA");

  private final BotCluster cluster;
  private final Map<String, HasMetadata> home = new LinkedHashMap<>();
  private final Map<String, HasMetadata> abroad = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private Tenant tenant = Tenants.tenant("team", "acme", 1, "bots: [{name: sales}]");
  private Optional<String> holdUp = Optional.empty();
  private Optional<String> handOver = Optional.empty();
  private Optional<String> refused = Optional.empty();
  private Set<Reading> readings = Set.of();
  private Instant now = Instant.parse("2026-01-01T00:00:10Z");

  Household(BotCluster cluster) {
    this.cluster = cluster;
  }

  void edit(String spec) {
    var former = Optional.ofNullable(tenant.getMetadata().getAnnotations());
    var status = tenant.getStatus();
    tenant = Tenants.tenant("team", "acme", 1, spec);
    tenant.setStatus(status);
    former.ifPresent(tenant.getMetadata()::setAnnotations);
  }

  void annotate(String key, String value) {
    tenant.getMetadata().setAnnotations(Map.of(key, value));
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A ShardPolicy says from now on where its database is to be; not where this shard is empty. */
  void choose(String shard, String message) {
    var chooser = Shelter.chooser("demo", "by-tenant", Map.of());
    abroad.put(chooser.getMetadata().getName(), chooser);
    var shelter = new Shelter("acme", "team", shard, !shard.isEmpty(), message).secret("demo");
    var labels = new HashMap<>(shelter.getMetadata().getLabels());
    labels.put(Labels.COMPONENT, Shelter.COMPONENT);
    shelter.getMetadata().setLabels(labels);
    abroad.put(shelter.getMetadata().getName(), shelter);
  }

  /** The Jobs of a component end. */
  void end(String component, String how) {
    home.values().stream()
        .filter(o -> component.equals(Objects.labels(o).get(Labels.COMPONENT)))
        .filter(Job.class::isInstance)
        .map(Job.class::cast)
        .forEach(job -> job.setStatus(ended(how)));
  }

  private static JobStatus ended(String how) {
    return new JobStatusBuilder()
        .addNewCondition()
        .withType(how)
        .withStatus("True")
        .endCondition()
        .build();
  }

  /** What its stores say of it from now on; nothing if this is empty. */
  void measure(Optional<Usage> usage) {
    readings = usage.<Set<Reading>>map(Set::of).orElse(Set.of());
  }

  /** Every step from now on ends with this; none ends so if it is empty. */
  void holdUp(Optional<String> why) {
    holdUp = why;
  }

  /** What carries its database is so far from now on; it has arrived if this is empty. */
  void holdUpMove(Optional<String> howFar) {
    handOver = howFar;
  }

  /** Buckets from now on are somebody else's, as this says. */
  void refuse(String what) {
    refused = Optional.of(what);
  }

  /** A Tenant of the same name after the one before is gone. */
  void reborn(String spec) {
    tenant = Tenants.tenant("team", "acme", 1, spec);
    tenant.getMetadata().setUid("u-reborn");
    home.clear();
  }

  /** What of its end happens beside the BotCluster. */
  void leave() {
    farewell().abroad().forEach((n, plan) -> apply(plan, abroad, n));
  }

  Optional<Remains> remains() {
    return abroad.values().stream().flatMap(s -> Remains.of((Secret) s).stream()).findFirst();
  }

  /** Lives until nothing changes; what was said last. */
  TenantStatus settle() {
    for (var i = 0; i < 8; i++) {
      round();
    }
    return tenant.getStatus();
  }

  /** What was done outside of Kubernetes since the last time this was asked. */
  List<Step> steps() {
    var done = List.copyOf(steps);
    steps.clear();
    return done;
  }

  Secret secret(String name) {
    return (Secret) java.util.Objects.requireNonNull(home.get(name), name);
  }

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return home.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Something in its own namespace as somebody else made it. */
  void put(HasMetadata object) {
    home.put(object.getMetadata().getName(), object);
  }

  void remove(String name) {
    home.remove(name);
  }

  /** What it has of a kind at home. */
  <T extends HasMetadata> List<T> objects(Class<T> kind) {
    return home.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** What somebody else wrote beside the BotCluster is gone. */
  void forget(String component) {
    abroad.values().removeIf(o -> o.getMetadata().getName().contains(component));
  }

  boolean has(String name) {
    return home.containsKey(name);
  }

  Optional<Registration> registration() {
    return abroad.values().stream()
        .filter(s -> Registration.COMPONENT.equals(Objects.labels(s).get(Labels.COMPONENT)))
        .flatMap(s -> Registration.of((Secret) s).stream())
        .findFirst();
  }

  /** Whether the BotCluster is told that it is ready. */
  boolean isToldReady() {
    return abroad.values().stream()
        .allMatch(s -> "true".equals(Objects.annotations(s).get("generalbots.io/ready")));
  }

  TenantBlueprint blueprint() {
    return new TenantBlueprint(tenant, facts(home), near());
  }

  Farewell farewell() {
    return new Farewell(tenant, facts(home), near());
  }

  /** One round of the operator. */
  void round() {
    var blueprint = blueprint();
    var results = new HashMap<String, Outcome.Result>();
    blueprint.abroad(facts(abroad)).forEach((n, plan) -> results.put(n, apply(plan, abroad, n)));
    blueprint.atHome().forEach((n, plan) -> results.put(n, apply(plan, home, n)));
    tenant.setStatus(blueprint.status(new Outcome(results)));
  }

  private Outcome.Result apply(Plan plan, Map<String, HasMetadata> place, String component) {
    if (plan instanceof Plan.Failed failed) {
      throw failed.cause();
    } else if (plan instanceof Plan.Apply apply) {
      for (var wish : apply.wishes()) {
        if (isClaim(wish) && refused.isPresent()) {
          return new Outcome.Result(List.of(), List.of(refused.get()), Optional.empty());
        } else if (isHandOver(wish) && handOver.isPresent()) {
          return new Outcome.Result(List.of(), List.of(), Optional.empty(), handOver);
        } else if (wish instanceof Wish.External && !isClaim(wish) && holdUp.isPresent()) {
          return new Outcome.Result(List.of(), List.of(), Optional.empty(), holdUp);
        }
        fulfil(wish, place, component);
      }
      prune(apply.wishes(), place, component);
    } else if (plan instanceof Plan.Absent) {
      prune(List.of(), place, component);
    }
    return new Outcome.Result(List.of(), List.of(), Optional.empty());
  }

  private static void prune(List<Wish> wishes, Map<String, HasMetadata> place, String component) {
    var wished = wishes.stream().flatMap(w -> Wishes.object(w).stream()).map(Objects::ref).toList();
    place
        .values()
        .removeIf(
            o ->
                component.equals(Objects.labels(o).get(Labels.COMPONENT))
                    && !wished.contains(Objects.ref(o)));
  }

  private static boolean isHandOver(Wish wish) {
    return wish instanceof Wish.External external && external.step() instanceof HandOver;
  }

  private static boolean isClaim(Wish wish) {
    return wish instanceof Wish.External external && external.step() instanceof ClaimBuckets;
  }

  private void fulfil(Wish wish, Map<String, HasMetadata> place, String component) {
    if (wish instanceof Wish.External external) {
      steps.add(external.step());
      return;
    } else if (wish instanceof Wish.Remove remove) {
      place.remove(remove.object().getMetadata().getName());
      return;
    }
    var object = Wishes.object(wish).orElseThrow();
    var name = object.getMetadata().getName();
    if (wish instanceof Wish.Amend) {
      java.util.Objects.requireNonNull(place.get(name), name)
          .getMetadata()
          .setAnnotations(Objects.annotations(object));
    } else if (wish instanceof Wish.Managed || !place.containsKey(name)) {
      var labels = new HashMap<>(Objects.labels(object));
      labels.put(Labels.COMPONENT, component);
      object.getMetadata().setLabels(labels);
      object.getMetadata().setCreationTimestamp(now.toString());
      place.put(name, object);
    }
  }

  private Facts facts(Map<String, HasMetadata> place) {
    var images =
        Map.of(
            "postgres",
            "p",
            "valkey",
            "v",
            "seaweedfs",
            "s",
            "livekit",
            "l",
            "vault",
            "b",
            "gateway",
            "g",
            "botserver",
            "s");
    var settings = new Settings("operators", "cluster.local", images);
    return new Facts(now, new SecureEntropy(), List.copyOf(place.values()), settings)
        .in(new Surroundings(List.of(), Set.of(), Optional.empty(), readings));
  }

  private Neighbourhood near() {
    var secrets = new ArrayList<Secret>();
    secrets.add(published("demo-vault-botserver", VAULT));
    secrets.add(published("demo-vault-operator", Map.of("password", "of the operator")));
    secrets.add(published("demo-server", Map.of("ca.crt", "CA")));
    secrets.add(published("demo-valkey", Map.of("host", "demo-valkey", "port", "6379")));
    secrets.add(published("demo-s3", Map.of("host", "demo-s3", "port", "8333")));
    secrets.add(
        published("demo-livekit", Map.of("host", "demo-livekit", "public-uri", "wss://meet.test")));
    secrets.add(published("demo-qdrant", Map.of("host", "demo-qdrant", "api-key", "platform")));
    abroad.values().forEach(o -> secrets.add((Secret) o));
    return new Neighbourhood(Optional.of(cluster), List.of(tenant), secrets);
  }

  private static Secret published(String name, Map<String, String> values) {
    return Secrets.opaque(new ObjectMetaBuilder().withName(name).build(), values);
  }
}
