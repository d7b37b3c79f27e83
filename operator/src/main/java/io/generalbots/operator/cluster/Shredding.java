package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.vault.Entrance;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.store.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The end of what Tenants left, when its time is over. What is left of one is no component: no pod
 * and no health is of it.
 *
 * @param cluster whose stores it is in
 * @param facts what is there
 */
record Shredding(BotCluster cluster, Facts facts) {

  /** One plan for each Tenant that was, so that none waits for another; none while it sleeps. */
  Map<String, Plan> plans() {
    var plans = new LinkedHashMap<String, Plan>();
    if (!cluster.getSpec().hibernate()) {
      left()
          .filter(r -> r.isDue(facts.now()))
          .forEach(r -> plans.put("shred-" + r.registration().tenant(), plan(r)));
    }
    return plans;
  }

  /** When the time of the next is over. */
  Optional<Instant> nextLook() {
    return left()
        .flatMap(r -> r.shredAfter().stream())
        .filter(at -> at.isAfter(facts.now()))
        .min(Comparator.naturalOrder());
  }

  /** What a Cell left is in volumes, which nothing here removes. */
  private Stream<Remains> left() {
    return Remains.of(facts).stream().filter(r -> !r.registration().cell());
  }

  /** What is written down goes last: who is interrupted knows again what is left. */
  private Plan plan(Remains remains) {
    var wishes = new ArrayList<Wish>();
    var ending = ending(remains);
    for (var store : remains.stores().stream().flatMap(name -> Store.of(name).stream()).toList()) {
      var steps = store.isServedBy(cluster) ? ending.steps(store) : List.<Step>of();
      if (steps.isEmpty()) {
        return new Plan.Hold("what is left in %s cannot be reached".formatted(store.component()));
      }
      steps.stream().map(Wish.External::new).forEach(wishes::add);
    }
    record(remains).map(secret -> removal(secret, remains)).ifPresent(wishes::add);
    return new Plan.Apply(wishes);
  }

  private Ending ending(Remains remains) {
    var vault = new Entrance(cluster, name -> facts.find(Secret.class, name)).access();
    var registration = remains.registration();
    var servers = new TreeSet<>(Set.of(cluster.getMetadata().getName()));
    Optional.of(registration.server()).filter(s -> !s.isEmpty()).ifPresent(servers::add);
    return new Ending(
        cluster, registration.tenant(), remains.uid(), false, vault, List.of(), servers);
  }

  private Optional<Secret> record(Remains remains) {
    var name = cluster.getMetadata().getName();
    var tenant = remains.registration().tenant();
    return facts.find(Secret.class, Registration.secretName(name, tenant));
  }

  private static Wish removal(Secret secret, Remains remains) {
    var registration = remains.registration();
    var decision =
        Decision.normal(
            "DataShredded",
            "what Tenant %s of namespace %s left is removed: its time was over"
                .formatted(registration.tenant(), registration.namespace()));
    return new Wish.Remove(secret, Wish.Cascade.DEPENDENTS, decision);
  }
}
