package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.PartitionState;
import io.generalbots.api.v1alpha1.shard.PartitionStatus;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * ShardPolicies of one BotCluster, and what is said of them.
 *
 * @param client how they are reached
 * @param namespace where they are
 * @param cluster the name of the BotCluster
 */
public record Policies(KubernetesClient client, String namespace, String cluster) {

  /** One with this rest of its spec, as YAML in one line. */
  public void create(String name, String rest) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: ShardPolicy
        metadata: {name: %s, namespace: %s}
        spec: {clusterRef: {name: %s}, %s}
        """
            .formatted(name, namespace, cluster, rest);
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Changes the spec by a JSON merge patch. */
  public void patch(String name, String spec) {
    named(name).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":%s}".formatted(spec));
  }

  public void annotate(String name, String key, String value) {
    named(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  /** Waits until a partition is told to be in this state. */
  public void awaitState(String name, String partition, PartitionState state, Duration limit) {
    try {
      named(name)
          .waitUntilCondition(
              p -> p != null && partitions(p).anyMatch(isIn(partition, state)),
              limit.toSeconds(),
              TimeUnit.SECONDS);
    } catch (KubernetesClientTimeoutException e) {
      throw new AssertionError("not within %s: %s".formatted(limit, said(name)), e);
    }
  }

  private static Predicate<PartitionStatus> isIn(String partition, PartitionState state) {
    return p -> partition.equals(p.name()) && state == p.state();
  }

  public void delete(String name) {
    named(name).delete();
    named(name).waitUntilCondition(Objects::isNull, 30, TimeUnit.SECONDS);
  }

  /** Removes all of them, of an earlier run too. */
  public void deleteAll() {
    var all = client.resources(ShardPolicy.class).inNamespace(namespace);
    all.delete();
    all.waitUntilCondition(Objects::isNull, 30, TimeUnit.SECONDS);
  }

  /** Waits until a condition of the newest spec is like that, and gives it. */
  public Condition await(String name, String type, Predicate<Condition> wanted, Duration limit) {
    try {
      var found =
          named(name)
              .waitUntilCondition(
                  p -> p != null && of(p, type).filter(wanted).isPresent(),
                  limit.toSeconds(),
                  TimeUnit.SECONDS);
      return of(found, type).orElseThrow();
    } catch (KubernetesClientTimeoutException e) {
      throw new AssertionError("not within %s: %s".formatted(limit, said(name)), e);
    }
  }

  public Condition awaitTrue(String name, String type, Duration limit) {
    return await(name, type, c -> "True".equals(c.getStatus()), limit);
  }

  /** What is said of one now. */
  public ShardPolicyStatus read(String name) {
    return Objects.requireNonNull(named(name).require().getStatus(), "status");
  }

  /** The names of the partitions that are told, in their order. */
  public List<String> partitions(String name) {
    return partitions(named(name).require()).map(PartitionStatus::name).toList();
  }

  private static Stream<PartitionStatus> partitions(ShardPolicy policy) {
    return Optional.ofNullable(policy.getStatus()).map(ShardPolicyStatus::partitions).stream()
        .flatMap(List::stream);
  }

  private Resource<ShardPolicy> named(String name) {
    return client.resources(ShardPolicy.class).inNamespace(namespace).withName(name);
  }

  private List<String> said(String name) {
    return Optional.ofNullable(named(name).get())
        .flatMap(p -> Optional.ofNullable(p.getStatus()))
        .map(ShardPolicyStatus::conditions)
        .orElse(List.of())
        .stream()
        .map(c -> "%s %s: %s".formatted(c.getType(), c.getStatus(), c.getMessage()))
        .toList();
  }

  private static Optional<Condition> of(ShardPolicy policy, String type) {
    return Optional.ofNullable(policy.getStatus()).stream()
        .flatMap(s -> s.conditions().stream())
        .filter(c -> type.equals(c.getType()))
        .filter(
            c -> Objects.equals(c.getObservedGeneration(), policy.getMetadata().getGeneration()))
        .findFirst();
  }
}
