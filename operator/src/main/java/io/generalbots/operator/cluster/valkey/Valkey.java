package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.TlsMode;
import io.generalbots.operator.cluster.servers.Given;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Valkey: a primary with replicas that fail over by themselves. */
public final class Valkey implements Component<BotCluster> {

  @Override
  public String name() {
    return Names.COMPONENT;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    return Elsewhere.of(cluster, facts)
        .map(Elsewhere::plan)
        .orElseGet(() -> plan(new Situation(cluster, facts)));
  }

  private static Plan plan(Situation situation) {
    var scaling = new Scaling(situation);
    var wishes = new ArrayList<Wish>();
    objects(situation, scaling).forEach(o -> wishes.add(new Wish.Managed(o)));
    wishes.addAll(new Credentials(situation).wishes());
    wishes.addAll(ServerSet.wishes(situation, scaling.replicas()));
    wishes.addAll(Marks.of(situation));
    wishes.addAll(restarts(situation, scaling));
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    return Elsewhere.of(cluster, facts)
        .map(Elsewhere::health)
        .orElseGet(() -> ValkeyHealth.of(new Situation(cluster, facts)));
  }

  /** The users' Secrets that the spec names. */
  public static Set<String> secrets(BotCluster cluster) {
    return Given.secrets(cluster.getSpec().valkey().external());
  }

  /** The name of the Secret by which applications find the cache. */
  public static String secret(BotCluster cluster) {
    var part = Names.servers(cluster.getMetadata().getName());
    return cluster.getSpec().valkey().external() == null
        ? part.name()
        : part.name(Elsewhere.SUFFIX);
  }

  /** What users have to change for clients without TLS, if those are not served. */
  public static Optional<String> plainRefused(BotCluster cluster) {
    var spec = cluster.getSpec().valkey();
    var external = spec.external();
    return external == null
        ? Optional.of("set valkey.tls.mode to Both")
            .filter(advice -> spec.tls().mode() == TlsMode.REQUIRED)
        : Optional.of("name an address without TLS in valkey.external, and no caSecretName")
            .filter(advice -> Elsewhere.isEncrypted(external));
  }

  /** How many servers are ready. */
  public int ready(BotCluster cluster, Facts facts) {
    return new Situation(cluster, facts).servers().ready();
  }

  /** How many servers there should be. */
  public int desired(BotCluster cluster) {
    var spec = cluster.getSpec();
    return spec.hibernate() || spec.valkey().external() != null ? 0 : spec.valkey().replicas();
  }

  /** The pod that takes writes, if one does. */
  public Optional<String> primary(BotCluster cluster, Facts facts) {
    return new Situation(cluster, facts)
        .servers()
        .primary()
        .filter(Instance::isReady)
        .map(Instance::name);
  }

  private static List<HasMetadata> objects(Situation situation, Scaling scaling) {
    var part = situation.part();
    var network = new Network(situation);
    var objects = new ArrayList<>(network.forServers());
    objects.add(Access.serviceAccount(part));
    objects.add(Budgets.oneAtATime(part.meta(), part.selector()));
    objects.add(Configuration.settings(situation, scaling.members()));
    objects.add(Configuration.scripts(situation));
    if (situation.needsSentinels()) {
      objects.addAll(network.forSentinels());
      objects.addAll(new SentinelSet(situation).objects());
    }
    return objects;
  }

  /** What is done to running pods, last of all. */
  private static List<Wish> restarts(Situation situation, Scaling scaling) {
    if (situation.hibernates() || situation.isBeingReplaced()) {
      return List.of();
    }
    var handOver = scaling.handOver();
    if (handOver.isPresent()) {
      return List.of(handOver.get());
    }
    var restarts = new ArrayList<>(Rollout.ofSentinels(situation).stuck());
    var rollout = Rollout.of(situation);
    restarts.addAll(scaling.isUnderway() ? rollout.stuck() : rollout.next());
    return restarts;
  }
}
