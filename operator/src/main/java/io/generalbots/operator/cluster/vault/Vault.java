package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.UserSecret;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The vault: where bot servers read how to reach everything else. */
public final class Vault implements Component<BotCluster> {

  private static final String SYNCED = "SecretsSynced";

  @Override
  public String name() {
    return Names.COMPONENT;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    var situation = new Situation(cluster, facts);
    if (!situation.isOn()) {
      return new Plan.Absent();
    } else if (!situation.isServed()) {
      return new Plan.Hold("engine Vault is not served");
    }
    var credentials = new Credentials(situation);
    var wishes = new ArrayList<>(credentials.forApplications());
    if (!situation.isExternal()) {
      wishes.addAll(credentials.forServers());
      objects(situation).forEach(o -> wishes.add(new Wish.Managed(o)));
      wishes.addAll(new ServerSet(situation).wishes());
    }
    wishes.addAll(Sync.of(situation).wishes());
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    var situation = new Situation(cluster, facts);
    return situation.isOn() ? VaultHealth.of(situation) : Health.disabled();
  }

  /** Whether the vault has what it should have; nothing of a cluster without one. */
  public static Optional<Condition> synced(BotCluster cluster, Facts facts, Outcome outcome) {
    var situation = new Situation(cluster, facts);
    if (!situation.isOn() || !situation.isServed()) {
      return Optional.empty();
    }
    var doubt =
        Doubt.servers(situation)
            .or(() -> Doubt.found(outcome.of(Names.COMPONENT).failure()))
            .or(() -> Doubt.seen(situation));
    return Optional.of(
        doubt
            .map(d -> Conditions.of(SYNCED, false, d.reason(), d.message()))
            .orElseGet(() -> Conditions.of(SYNCED, true, "Synced", "the vault has every entry")));
  }

  /** Why the vault may not have every entry, as far as that is seen without asking it. */
  public static Optional<String> doubt(BotCluster cluster, Facts facts) {
    return Doubt.seen(new Situation(cluster, facts)).map(Doubt::message);
  }

  /** When the token of a reader has to be renewed, without any event. */
  public static Optional<Instant> nextLook(BotCluster cluster, Facts facts) {
    var situation = new Situation(cluster, facts);
    var sync = Sync.of(situation);
    return Optional.of(sync).filter(s -> situation.isOn() && s.isPublished()).map(Sync::nextLook);
  }

  /** The users' Secrets that the spec names. */
  public static Set<String> secrets(BotCluster cluster) {
    var names = new TreeSet<String>();
    if (Situation.isOn(cluster)) {
      var spec = cluster.getSpec().vault();
      spec.userSecrets().stream().map(UserSecret::secretName).forEach(names::add);
      Optional.ofNullable(spec.external())
          .ifPresent(
              e -> {
                Optional.ofNullable(e.caSecretName()).ifPresent(names::add);
                Optional.ofNullable(e.auth().tokenSecretName()).ifPresent(names::add);
              });
    }
    return names;
  }

  private static List<HasMetadata> objects(Situation situation) {
    var part = situation.part();
    var objects = new ArrayList<>(new Network(situation).objects());
    objects.add(Access.serviceAccount(part));
    objects.add(Budgets.oneAtATime(part.meta(), part.selector()));
    objects.add(Configuration.files(situation));
    return objects;
  }
}
