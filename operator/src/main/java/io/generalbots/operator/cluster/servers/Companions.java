package io.generalbots.operator.cluster.servers;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.operator.kernel.Health;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Pods beside the servers of a cluster. Nobody waits for them: whatever they lack, the others
 * serve.
 *
 * @param deployment as it is
 * @param pods as they are
 * @param desired how many there should be; none while the cluster hibernates
 */
public record Companions(Optional<Deployment> deployment, List<Instance> pods, int desired) {

  public Companions {
    pods = List.copyOf(pods);
  }

  /** How they are: the first thing that is not as it should be, worst first. */
  public Health health(DeploymentHealth.Words words) {
    if (desired == 0) {
      return Hibernation.health(pods.size());
    }
    return withoutImage()
        .or(this::refused)
        .or(() -> incomplete(words))
        .or(() -> rollingOut(words))
        .orElseGet(() -> Health.ready(counted(words) + ending()))
        .counting(ready(), desired);
  }

  /** The words do not follow the kubelet's, who tells the try and the pause in turns. */
  private Optional<Health> withoutImage() {
    var lacking = pods.stream().filter(p -> !p.isTerminating() && p.lacksImage()).toList();
    if (lacking.isEmpty()) {
      return Optional.empty();
    }
    var names = lacking.stream().map(Instance::name).collect(Collectors.joining(", "));
    var image =
        lacking.get(0).pod().getSpec().getContainers().stream()
            .map(Container::getImage)
            .collect(Collectors.joining(", "));
    return Optional.of(
        Health.degraded(
            "ImageUnavailable", "the image %s cannot be pulled: %s".formatted(image, names)));
  }

  private Optional<Health> refused() {
    return DeploymentHealth.refusal(deployment).map(why -> Health.degraded("PodsRefused", why));
  }

  private Optional<Health> incomplete(DeploymentHealth.Words words) {
    if (ready() >= desired) {
      return Optional.empty();
    }
    var reason = ready() == 0 ? words.noneReady() : words.someMissing();
    return Optional.of(Health.degraded(reason, counted(words) + troubles()));
  }

  private Optional<Health> rollingOut(DeploymentHealth.Words words) {
    return isEverywhere()
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                "RollingOut", counted(words) + "; a change is on its way to all of them"));
  }

  private boolean isEverywhere() {
    return deployment
        .filter(
            d ->
                Optional.ofNullable(d.getStatus())
                    .filter(s -> d.getMetadata().getGeneration().equals(s.getObservedGeneration()))
                    .filter(s -> count(s.getReplicas()) == desired)
                    .filter(s -> count(s.getUpdatedReplicas()) == desired)
                    .isPresent())
        .isPresent();
  }

  private int ready() {
    return DeploymentHealth.ready(deployment);
  }

  private String counted(DeploymentHealth.Words words) {
    return "%d of %d %s are ready".formatted(ready(), desired, words.many());
  }

  private String troubles() {
    return pods.stream()
        .filter(p -> !p.isTerminating())
        .flatMap(p -> p.troubleOrEnd().map(why -> "; " + p.name() + ": " + why).stream())
        .collect(Collectors.joining());
  }

  private String ending() {
    var count = pods.stream().filter(Instance::isTerminating).count();
    return count == 0 ? "" : "; %d more end what they have begun".formatted(count);
  }

  private static int count(Integer number) {
    return number == null ? 0 : number;
  }
}
