package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.gateway.EdgeSeen;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What bot servers go on without, where the spec says that they do: the stores that are away while
 * bot servers serve. Whether a bot server starts or is changed without them is not for this to say:
 * it would go on without for as long as it lives.
 *
 * @param cluster what is wished
 * @param healths what each component says of itself
 * @param edge what gateways said last
 */
record Fallbacks(BotCluster cluster, Map<String, Health> healths, Optional<EdgeSeen> edge) {

  private static final String TYPE = "FallbackInUse";
  private static final String CACHE = "valkey";
  private static final String VECTORS = "qdrant";

  private static final Health NOT_REACHED =
      Health.degraded(
          "NotReached", "no gateway reaches it; bot servers go on without (spec.fallback)");

  /** What each is called in the answer to {@code /health}. */
  private static final Map<String, String> CHECKS = Map.of(CACHE, "cache", VECTORS, "vectordb");

  static Fallbacks of(BotCluster cluster, Map<String, Health> healths, Facts facts) {
    return new Fallbacks(cluster, healths, facts.surroundings().reading(EdgeSeen.class));
  }

  /** The healths: a cache that is stood in for lacks, but nobody waits for it. */
  Map<String, Health> told() {
    var told = new LinkedHashMap<>(healths);
    if (cache().isPresent()) {
      told.computeIfPresent(
          CACHE, (name, health) -> isSilent(name) ? NOT_REACHED : degraded(health));
    }
    if (vectors().isPresent() && isSilent(VECTORS)) {
      told.put(VECTORS, NOT_REACHED);
    }
    return told;
  }

  /** Whether anything stands in just now. */
  Condition condition() {
    var all = Stream.of(models(), cache(), vectors()).flatMap(Optional::stream).toList();
    return switch (all.size()) {
      case 0 ->
          Conditions.of(TYPE, false, "NotNeeded", "nothing is away that bot servers go on without");
      case 1 -> all.get(0);
      default -> Conditions.of(TYPE, true, "SeveralAway", messages(all));
    };
  }

  private static String messages(List<Condition> all) {
    return all.stream().map(Condition::getMessage).collect(Collectors.joining("; "));
  }

  private Optional<Condition> models() {
    return edge.filter(EdgeSeen::fallback)
        .map(
            seen ->
                Conditions.of(
                    TYPE,
                    true,
                    "LlmAway",
                    "the provider of language models is away: the cluster's own model answers"
                        + " (spec.fallback.llm)"));
  }

  private Optional<Condition> cache() {
    var declared = cluster.getSpec().fallback().cache().enabled();
    return declared && isAway(CACHE)
        ? Optional.of(
            Conditions.of(
                TYPE,
                true,
                "CacheAway",
                "Valkey is away: each bot server goes on by itself (spec.fallback.cache)"))
        : Optional.empty();
  }

  private Optional<Condition> vectors() {
    var declared = cluster.getSpec().fallback().vectordb().enabled();
    return declared && isAway(VECTORS)
        ? Optional.of(
            Conditions.of(
                TYPE,
                true,
                "VectorsAway",
                "Qdrant is away: bot servers are told to go on with keywords (spec.fallback.vectordb)"))
        : Optional.empty();
  }

  private boolean isAway(String store) {
    return !cluster.getSpec().hibernate()
        && ready("botserver") > 0
        && (Optional.ofNullable(healths.get(store)).filter(Fallbacks::isAway).isPresent()
            || isSilent(store));
  }

  /** Only gateways know how a store is that is the user's to look after. */
  private boolean isSilent(String store) {
    var isElsewhere =
        CACHE.equals(store)
            ? cluster.getSpec().valkey().external() != null
            : cluster.getSpec().qdrant().external() != null;
    return isElsewhere && edge.filter(e -> e.away().contains(CHECKS.get(store))).isPresent();
  }

  private static boolean isAway(Health health) {
    var none = health.instances().desired() > 0 && health.instances().ready() == 0;
    return health.state() == Health.State.WAITING
        || "NoPrimary".equals(health.reason())
        || (!health.isSettled() && none);
  }

  private int ready(String component) {
    return Optional.ofNullable(healths.get(component)).map(h -> h.instances().ready()).orElse(0);
  }

  private static Health degraded(Health health) {
    var instances = health.instances();
    return Health.degraded(
            health.reason(),
            health.message() + "; each bot server goes on by itself (spec.fallback.cache)")
        .counting(instances.ready(), instances.desired());
  }
}
