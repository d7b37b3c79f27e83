package io.generalbots.operator.external.load;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotServerInstance;
import io.generalbots.api.v1alpha1.cluster.BotServerStage;
import io.generalbots.operator.cluster.Complete;
import io.generalbots.operator.cluster.scaling.Load;
import io.generalbots.operator.cluster.scaling.RuleBook;
import io.generalbots.operator.external.queue.CacheQueues;
import io.generalbots.operator.kernel.Gauge;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.scaling.Look;
import io.generalbots.scaling.State;
import io.generalbots.scaling.Trend;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at the load of bot servers whose number follows rules, as often as the spec says. What is
 * remembered from look to look is remembered here and nowhere else: an operator that begins anew
 * begins its windows anew.
 */
public final class LoadGauge implements Gauge<BotCluster> {

  private final Meters meters;
  private final Rivals rivals;
  private final Clock clock;

  /** By the uid of each BotCluster. */
  private final Map<String, Memory> memories = new ConcurrentHashMap<>();

  /**
   * What is remembered of a BotCluster.
   *
   * @param trends as the engine keeps them
   * @param counts of the gateways when they last answered
   */
  private record Memory(List<Trend> trends, Optional<Counts> counts, Instant at) {}

  /**
   * A gauge that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public LoadGauge(KubernetesClient client, Vertx vertx, String clusterDomain, Clock clock) {
    this.meters =
        new Meters(
            client,
            new Gateways(vertx, clusterDomain),
            new Queries(vertx),
            new CacheQueues(client, vertx, clusterDomain));
    this.rivals = new Rivals(client);
    this.clock = clock;
  }

  @Override
  public boolean isFor(BotCluster owner) {
    return RuleBook.isOpen(Complete.of(owner));
  }

  @Override
  public Optional<Duration> again(BotCluster owner) {
    return Optional.of(new RuleBook(Complete.of(owner)).policy().interval());
  }

  @Override
  public Optional<Reading> read(BotCluster owner) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var uid = owner.getMetadata().getUid();
    memories.values().removeIf(memory -> memory.at().isBefore(now.minus(Duration.ofDays(1))));
    var before = Optional.ofNullable(memories.get(uid));
    var counted = before.flatMap(Memory::counts);
    var seen = meters.read(new Meters.Subject(Complete.of(owner), serving(owner), counted, now));
    var trends = trends(owner, before, new Look(now, 0, seen.samples(now)));
    memories.put(uid, new Memory(trends, seen.counts().or(() -> counted), now));
    return Optional.of(new Load(now, trends, seen.open(), seen.missing(), rivals.of(owner)));
  }

  /** How many replicas there are the engine is told when it decides. */
  private static List<Trend> trends(BotCluster owner, Optional<Memory> before, Look look) {
    var former = before.map(Memory::trends).orElse(List.of());
    return new State(0, Optional.empty(), former)
        .observing(look, new RuleBook(Complete.of(owner)).policy())
        .trends();
  }

  private static Set<String> serving(BotCluster owner) {
    return Stream.ofNullable(owner.getStatus())
        .flatMap(status -> status.botservers().stream())
        .filter(server -> server.stage() == BotServerStage.READY)
        .map(BotServerInstance::name)
        .collect(Collectors.toSet());
  }
}
