package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.cluster.servers.Given;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** PostgreSQL under Patroni: makes it, and takes it through what its days bring. */
public final class Postgres implements Component<BotCluster> {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

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
    var scaling = Scaling.of(situation);
    var request = SwitchoverRequest.of(situation);
    var wishes = new ArrayList<Wish>();
    Network.objects(situation).forEach(o -> wishes.add(new Wish.Managed(o)));
    access(situation).forEach(o -> wishes.add(new Wish.Managed(o)));
    wishes.add(new Wish.Managed(Files.configMap(situation.part())));
    wishes.addAll(credentials(situation));
    wishes.add(told(situation, request.memory()));
    wishes.addAll(ServerSet.wishes(situation, scaling.replicas()));
    wishes.addAll(steps(situation, scaling, request));
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    return Elsewhere.of(cluster, facts)
        .map(Elsewhere::health)
        .orElseGet(() -> PostgresHealth.of(new Situation(cluster, facts)));
  }

  /** The users' Secrets that the spec names. */
  public static Set<String> secrets(BotCluster cluster) {
    return Given.secrets(cluster.getSpec().postgres().external());
  }

  /** When to look again although nothing may have happened; never in the steady state. */
  public static Optional<Instant> nextLook(BotCluster cluster, Facts facts) {
    var situation = new Situation(cluster, facts);
    if (situation.spec().external() != null || situation.hibernates()) {
      return Optional.empty();
    }
    return situation.haveAllTold()
        ? Optional.of(facts.now().plus(PATIENCE)).filter(t -> isHeldUp(situation))
        : Optional.of(situation.toldAt());
  }

  /** How far a replica is behind changes without an event, and so does whether it may take over. */
  private static boolean isHeldUp(Situation situation) {
    return Scaling.of(situation).obstacle().isPresent()
        || SwitchoverRequest.of(situation).obstacle().isPresent()
        || new Rollout(situation).obstacle().isPresent();
  }

  /** What is done to running servers, last of all and one thing at a time. */
  private static List<Wish> steps(Situation situation, Scaling scaling, SwitchoverRequest request) {
    if (situation.hibernates() || situation.isBeingReplaced()) {
      return List.of();
    }
    var repairs = Repairs.of(situation);
    if (!repairs.isEmpty()) {
      return repairs;
    }
    return scaling
        .step()
        .or(request::step)
        .or(() -> isQuiet(situation, request) ? new Rollout(situation).next() : Optional.empty())
        .map(List::of)
        .orElse(List.of());
  }

  /** A rollout waits for the number of servers and for a switchover that is under way. */
  private static boolean isQuiet(Situation situation, SwitchoverRequest request) {
    return request.memory().pursued().isEmpty()
        && situation.members().desired() == situation.wished();
  }

  private static List<HasMetadata> access(Situation situation) {
    var members = Math.max(situation.spec().instances(), situation.members().span());
    return PatroniAccess.objects(situation.part(), situation.namespace(), members);
  }

  private static List<Wish> credentials(Situation situation) {
    var part = situation.part();
    var facts = situation.facts();
    var credentials = new Credentials(part, facts.entropy(), isRetained(situation));
    var wishes = new ArrayList<>(credentials.wishes(host(situation)));
    facts
        .find(Secret.class, Names.applicationSecret(part))
        .map(live -> credentials.followed(live, host(situation)))
        .ifPresent(wishes::add);
    return wishes;
  }

  /** Where the application finds its database. */
  private static String host(Situation situation) {
    return situation.spec().pooler().enabled()
        ? situation.part().cluster() + "-" + Names.POOLER
        : situation.part().name(Network.READ_WRITE);
  }

  /** Patroni's ConfigMap: what it is told, beside what it writes there itself. */
  private static Wish told(Situation situation, Memory memory) {
    var part = situation.part();
    var told = memory.telling(DynamicConfig.json(situation.spec()), situation.facts().now());
    var meta = part.named(Names.config(part));
    var labels = new HashMap<>(meta.getLabels());
    labels.putAll(Names.scopeLabel(part));
    meta.setLabels(labels);
    meta.setAnnotations(told.annotations());
    ConfigMap map = new ConfigMapBuilder().withMetadata(meta).build();
    return isRetained(situation) ? new Wish.Kept(map) : new Wish.Managed(map);
  }

  private static boolean isRetained(Situation situation) {
    return situation.cluster().getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }
}
