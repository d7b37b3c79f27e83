package io.generalbots.operator.shard.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.operator.cluster.Inheritance;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The servers of shards that have some of their own: BotClusters with nothing but a PostgreSQL and
 * its pooler. The loop of BotClusters makes them, and knows nothing of shards. They outlive the
 * policy, and a shard that has no rows any more stays until somebody deletes it.
 *
 * @param parent the BotCluster whose data is spread
 * @param names of those that there are to be
 * @param pooled whether each has poolers of its own
 */
public record ShardServers(BotCluster parent, List<String> names, boolean pooled)
    implements Component<ShardPolicy> {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> OFF =
      List.of("botserver", "qdrant", "seaweedfs", "livekit", "gateway", "messaging");
  private static final List<String> DISABLED = List.of("vault", "directory", "observability");
  private static final String READY = "Ready";

  public ShardServers {
    names = List.copyOf(names);
  }

  @Override
  public String name() {
    return "shards";
  }

  @Override
  public Plan plan(ShardPolicy policy, Facts facts) {
    return new Plan.Apply(
        names.stream().<Wish>map(name -> new Wish.Kept(cluster(name, policy))).toList());
  }

  @Override
  public Health health(ShardPolicy policy, Facts facts) {
    return names.stream()
        .flatMap(name -> trouble(name, facts).stream())
        .findFirst()
        .map(why -> Health.waiting("ShardNotReady", why))
        .orElseGet(
            () -> names.isEmpty() ? Health.disabled() : Health.ready("all servers of shards run"));
  }

  /** Why a shard does not serve, in its own words. */
  public static Optional<String> trouble(String name, Facts facts) {
    var live = facts.find(BotCluster.class, name);
    if (live.isEmpty()) {
      return Optional.of("BotCluster %s is being made".formatted(name));
    }
    var status = live.flatMap(c -> Optional.ofNullable(c.getStatus()));
    var runs =
        status.stream()
            .flatMap(s -> s.components().stream())
            .anyMatch(c -> "postgres".equals(c.name()) && c.ready() > 0);
    var said =
        status.stream()
            .flatMap(s -> s.conditions().stream())
            .filter(c -> READY.equals(c.getType()))
            .map(Condition::getMessage)
            .findFirst()
            .orElse("it has yet to say how it is");
    return Optional.of("BotCluster %s: %s".formatted(name, said)).filter(w -> !runs);
  }

  private BotCluster cluster(String name, ShardPolicy policy) {
    var cluster = new BotCluster();
    cluster.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withLabels(Map.of(Labels.PART_OF, Labels.PLATFORM))
            .build());
    cluster.setSpec(spec(policy));
    return cluster;
  }

  private BotClusterSpec spec(ShardPolicy policy) {
    var spec = new Inheritance(parent).tree();
    spec.put("domain", parent.getSpec().domain());
    spec.put("reclaimPolicy", "Retain");
    spec.put("hibernate", parent.getSpec().hibernate());
    OFF.forEach(name -> spec.withObject("/" + name).put("enabled", false));
    DISABLED.forEach(name -> spec.withObject("/" + name).put("mode", "Disabled"));
    // Every BotCluster has a cache: this one that of its parent, of which nobody here asks
    // anything.
    spec.set("valkey", MAPPER.createObjectNode());
    spec.withObject("/valkey/external")
        .put("address", parent.getMetadata().getName() + "-valkey:6379");
    postgres(spec.withObject("/postgres"), policy);
    spec.withObject("/postgres/pooler").put("enabled", pooled);
    authority(spec.withObject("/certificates"));
    return Inheritance.spec(spec);
  }

  /** Whoever trusts the servers of the parent trusts those of its shards. */
  private void authority(ObjectNode certificates) {
    var given = parent.getSpec().certificates();
    if (given.issuerRef() != null) {
      certificates.set("issuerRef", MAPPER.valueToTree(given.issuerRef()));
    } else if (given.serverSecretName() == null) {
      var made = parent.getMetadata().getName() + "-ca";
      certificates.put("caSecretName", Optional.ofNullable(given.caSecretName()).orElse(made));
    }
  }

  private static void postgres(ObjectNode postgres, ShardPolicy policy) {
    var template = policy.getSpec().shards().template();
    postgres.put("instances", template.instances());
    postgres.set("storage", MAPPER.valueToTree(template.storage()));
    postgres.remove("resources");
    Optional.ofNullable(template.resources())
        .ifPresent(resources -> postgres.set("resources", MAPPER.valueToTree(resources)));
  }
}
