package io.generalbots.operator.golden;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.generalbots.operator.external.Switchover;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the servers do by themselves: Patroni has a primary and says who it is, and so do Valkey's
 * sentinels.
 *
 * @param store where they say it
 */
record Servers(Store store) {

  private static final String PRIMARY = "primary";
  private static final String REPLICA = "replica";
  private static final String STATUS = "status";
  private static final String INITIALIZE = "initialize";
  private static final String EPOCH = "generalbots.io/primary-epoch";
  private static final int QUORUM = 2;

  private static final String LEADS =
      "{\"state\":\"running\",\"timeline\":1,\"xlog_location\":1000}";
  private static final String FOLLOWS =
      "{\"state\":\"running\",\"replication_state\":\"streaming\",\"timeline\":1,"
          + "\"xlog_location\":1000}";

  /** One step of both. */
  void ripen() {
    var ready = ready("postgres");
    primary(ready).or(() -> next(ready)).ifPresent(primary -> lead(primary, ready));
    if (ready("valkey-sentinel").size() >= QUORUM) {
      store.find(Service.class, "demo-valkey").ifPresent(this::follow);
    }
  }

  /** What the operator asks Patroni to do. */
  void perform(Switchover switchover) {
    var ready = ready("postgres");
    var primary = primary(ready).map(p -> p.getMetadata().getName());
    var candidate =
        ready.stream()
            .filter(p -> switchover.candidate().equals(p.getMetadata().getName()))
            .findFirst();
    if (!primary.equals(Optional.of(switchover.leader())) || candidate.isEmpty()) {
      throw new IllegalStateException("Patroni would refuse this: " + switchover);
    }
    lead(candidate.get(), ready);
  }

  private List<Pod> ready(String component) {
    return store.all(Pod.class).stream()
        .filter(p -> component.equals(Objects.labels(p).get(Labels.COMPONENT)))
        .filter(Workloads::isReady)
        .sorted(Comparator.comparingInt(Workloads::ordinal))
        .toList();
  }

  private static Optional<Pod> primary(List<Pod> ready) {
    return ready.stream()
        .filter(p -> PRIMARY.equals(Objects.labels(p).get(Labels.ROLE)))
        .findFirst();
  }

  /** One that followed knows more than one that has just begun. */
  private static Optional<Pod> next(List<Pod> ready) {
    return ready.stream()
        .min(
            Comparator.comparing((Pod p) -> !REPLICA.equals(Objects.labels(p).get(Labels.ROLE)))
                .thenComparingInt(Workloads::ordinal));
  }

  private void lead(Pod primary, List<Pod> ready) {
    for (var pod : ready) {
      var leads = pod.getMetadata().getName().equals(primary.getMetadata().getName());
      store.put(
          new PodBuilder(pod)
              .editMetadata()
              .addToLabels(Labels.ROLE, leads ? PRIMARY : REPLICA)
              .addToAnnotations(STATUS, leads ? LEADS : FOLLOWS)
              .endMetadata()
              .build());
    }
    store
        .find(ConfigMap.class, "demo-postgres-config")
        .filter(map -> !Objects.annotations(map).containsKey(INITIALIZE))
        .ifPresent(
            map ->
                store.put(
                    new ConfigMapBuilder(map)
                        .editMetadata()
                        .addToAnnotations(INITIALIZE, "7711957004821065755")
                        .endMetadata()
                        .build()));
  }

  private void follow(Service service) {
    var ready = ready("valkey").stream().map(p -> p.getMetadata().getName()).toList();
    var selector = service.getSpec().getSelector();
    var led = selector == null ? "" : selector.getOrDefault(Workloads.POD_NAME, "");
    var known = Objects.annotations(service).getOrDefault(EPOCH, "0");
    if (ready.isEmpty() || (ready.contains(led) && !"0".equals(known))) {
      return;
    }
    var primary = ready.contains(led) ? led : ready.get(0);
    store.put(
        new ServiceBuilder(service)
            .editMetadata()
            .addToAnnotations(EPOCH, Integer.toString(Integer.parseInt(known) + 1))
            .endMetadata()
            .editSpec()
            .addToSelector(Workloads.POD_NAME, primary)
            .endSpec()
            .build());
  }
}
