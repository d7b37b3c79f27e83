package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.generalbots.api.v1alpha1.BotCluster;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What the operator says of the newest spec of a BotCluster.
 *
 * @param cluster which
 */
record Told(Resource<BotCluster> cluster) {

  /** Waits until a condition is like that, and gives it; fails with what is said instead. */
  Condition await(String type, Predicate<Condition> wanted, Duration limit) {
    try {
      var found =
          cluster.waitUntilCondition(
              c -> c != null && of(c, type).filter(wanted).isPresent(),
              limit.toSeconds(),
              TimeUnit.SECONDS);
      return of(found, type).orElseThrow();
    } catch (KubernetesClientTimeoutException e) {
      throw new AssertionError("not within %s: %s".formatted(limit, last(type)), e);
    }
  }

  Condition awaitTrue(String type, Duration limit) {
    return await(type, Told::isTrue, limit);
  }

  /** What is said now. */
  Condition now(String type) {
    return of(cluster.require(), type).orElseThrow();
  }

  static boolean isTrue(Condition condition) {
    return "True".equals(condition.getStatus());
  }

  private static Optional<Condition> of(BotCluster cluster, String type) {
    var generation = cluster.getMetadata().getGeneration();
    return Optional.ofNullable(cluster.getStatus()).stream()
        .flatMap(s -> s.conditions().stream())
        .filter(c -> type.equals(c.getType()))
        .filter(c -> Objects.equals(c.getObservedGeneration(), generation))
        .findFirst();
  }

  private String last(String type) {
    return Optional.ofNullable(cluster.get())
        .flatMap(c -> of(c, type))
        .map(c -> "%s is %s, %s: %s".formatted(type, c.getStatus(), c.getReason(), c.getMessage()))
        .orElse("nothing is said of " + type);
  }
}
