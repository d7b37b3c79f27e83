package io.generalbots.operator.golden;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.reconcile.TenantLoop;
import io.generalbots.operator.residents.Cells;
import io.generalbots.operator.tenant.Farewell;
import io.generalbots.operator.tenant.TenantBlueprint;
import io.generalbots.operator.tenant.place.Neighbourhood;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What comes of the plans of a Tenant, in memory, at home and beside its BotCluster. */
final class TenantWorld {

  /** One generation of logins after another takes a few. */
  static final int ROUNDS = 8;

  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private final Tenant tenant;
  private final Optional<BotCluster> cluster;
  private final List<Tenant> tenants;
  private final Optional<BotCluster> cell;
  private final Store home = new Store();
  private final Store abroad = new Store();

  /** What the Cell of the Tenant made. */
  private final Store published = new Store();

  private final List<Step> steps = new ArrayList<>();
  private final List<Decision> news = new ArrayList<>();
  private final List<Plan> plans = new ArrayList<>();
  private int writesLeft = Integer.MAX_VALUE;
  private boolean gone;

  TenantWorld(TenantCase given) {
    tenant = given.tenant();
    cluster = given.cluster();
    tenants = Stream.concat(given.others().stream(), Stream.of(tenant)).toList();
    cell = given.cell();
    cell.ifPresent(home::put);
    given.secrets().forEach(s -> place(s).put(s));
  }

  private Store place(Secret secret) {
    if (isOfCell(secret)) {
      return published;
    }
    return isAtHome(secret) ? home : abroad;
  }

  /** The operator ends after so many more writes, and another one goes on. */
  TenantWorld cutAfter(int writes) {
    writesLeft = writes;
    return this;
  }

  TenantWorld settle() {
    for (var round = 0; round < ROUNDS; round++) {
      round();
    }
    return this;
  }

  void round() {
    try {
      if (!gone) {
        step();
      }
    } catch (Life.Ended e) {
      writesLeft = Integer.MAX_VALUE;
    }
  }

  /** How often anything was written or done. */
  long deeds() {
    return home.version() + abroad.version() + steps.size();
  }

  /** What was made for the Tenant beside the BotCluster. */
  List<HasMetadata> abroad() {
    return near().writtenBy(tenant);
  }

  List<HasMetadata> home() {
    return home.all();
  }

  Tenant tenant() {
    return tenant;
  }

  /** Everything of it as text for people. */
  String text() {
    var objects = Stream.concat(abroad().stream(), home().stream()).map(World::written).toList();
    var said = new TreeMap<String, List<String>>();
    said.put("done", steps.stream().map(Step::toString).toList());
    said.put("told", news.stream().map(n -> n.reason() + ": " + n.message()).toList());
    return Yaml.of(Stream.concat(objects.stream(), Stream.of(status())).toList())
        + "---\n"
        + Yaml.of(said);
  }

  /** Objects and status alone: what is left when it does not matter how it came to be. */
  String likeness() {
    var objects = Stream.concat(abroad().stream(), home().stream()).map(World::written).toList();
    return Yaml.of(objects) + (gone ? "" : Yaml.of(status()));
  }

  /** Everything that anybody may read who may not read Secrets. */
  List<String> told() {
    return Stream.of(
            Stream.concat(abroad().stream(), home().stream()).map(Telling::shown),
            Telling.of(plans).stream(),
            steps.stream().map(Step::toString),
            news.stream().map(Decision::toString),
            Stream.of(Yaml.of(status()), near().toString(), facts(home()).toString()))
        .flatMap(texts -> texts)
        .toList();
  }

  private void step() {
    var before = steps.size();
    if (tenant.getMetadata().getDeletionTimestamp() != null) {
      leave(new Farewell(tenant, facts(home()), near()), before);
      return;
    }
    var blueprint = new TenantBlueprint(tenant, facts(home()), near());
    apply(blueprint.abroad(facts(abroad())), blueprint.atHome());
    answer();
    var status = blueprint.status(outcome(before));
    news.addAll(blueprint.news(status, outcome(before)));
    tenant.setStatus(status);
  }

  /** A Cell that is there says of every spec what it said of the first. */
  private void answer() {
    home.all(BotCluster.class).stream()
        .filter(c -> cell.isPresent())
        .forEach(c -> home.put(answered(c, cell.get().getStatus())));
  }

  private static BotCluster answered(BotCluster cell, BotClusterStatus status) {
    var told = new KubernetesSerialization().clone(cell);
    told.setStatus(
        new BotClusterStatusBuilder()
            .observedGeneration(cell.getMetadata().getGeneration())
            .components(status.components())
            .conditions(status.conditions())
            .build());
    return told;
  }

  /** With the finalizer goes the Tenant, and with it what it owns. */
  private void leave(Farewell farewell, int before) {
    apply(farewell.abroad(), farewell.atHome());
    answer();
    apply(farewell.afterwards(outcome(before)), Map.of());
    news.addAll(farewell.news(outcome(before)));
    gone = farewell.isDone(outcome(before));
    home().stream()
        .filter(TenantLoop.home(tenant)::isOwned)
        .filter(o -> gone)
        .forEach(home::remove);
  }

  private void apply(Map<String, Plan> beside, Map<String, Plan> atHome) {
    plans.addAll(beside.values());
    plans.addAll(atHome.values());
    cluster
        .map(c -> new Hand(abroad, TenantLoop.abroad(tenant, c), new Taking(abroad)))
        .ifPresent(hand -> beside.forEach(hand::apply));
    atHome.forEach(new Hand(home, TenantLoop.home(tenant), new Taking(home))::apply);
  }

  private Outcome outcome(int before) {
    var decisions = steps.subList(before, steps.size()).stream().map(Step::decision).toList();
    return new Outcome(Map.of("all", new Outcome.Result(decisions, List.of(), Optional.empty())));
  }

  private Facts facts(List<HasMetadata> owned) {
    return new Facts(NOW, new Repeating(), owned, World.SETTINGS)
        .in(new Surroundings(published.all(Secret.class), Set.of()));
  }

  private boolean isOfCell(Secret secret) {
    var name = Cells.name(tenant.getMetadata().getName());
    return name.equals(Objects.labels(secret).get(Labels.CLUSTER));
  }

  private Neighbourhood near() {
    return new Neighbourhood(cluster, tenants, abroad.all(Secret.class));
  }

  private Tenant status() {
    var shown = new Tenant();
    var meta = tenant.getMetadata();
    shown.setMetadata(
        new ObjectMetaBuilder()
            .withName(meta.getName())
            .withNamespace(meta.getNamespace())
            .build());
    shown.setStatus(tenant.getStatus());
    return shown;
  }

  private static boolean isAtHome(HasMetadata secret) {
    var labels = Objects.labels(secret);
    return labels.containsKey(Labels.TENANT) && !labels.containsKey(Labels.TENANT_NAMESPACE);
  }

  /** Things are gone at once, steps succeed, and writes are counted. */
  private final class Taking implements World.Deeds {
    private final Store store;

    Taking(Store store) {
      this.store = store;
    }

    @Override
    public void delete(HasMetadata object, Wish.Cascade cascade) {
      store.remove(object);
    }

    @Override
    public void perform(Wish.External step) {
      steps.add(step.step());
    }

    @Override
    public void written() {
      writesLeft--;
      if (writesLeft == 0) {
        throw new Life.Ended();
      }
    }
  }
}
