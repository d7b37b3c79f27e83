package io.generalbots.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.kubelet.KubeletAccess;
import io.generalbots.operator.external.kubelet.VolumeGauge;
import io.generalbots.operator.kernel.Readings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What kubelets are asked, as the operator was set up. */
final class Kubelets {

  /** As often as kubelets themselves look at their volumes. */
  private static final Duration PACE = Duration.ofMinutes(1);

  private Kubelets() {}

  /** How full volumes are that grow by themselves. */
  static Readings<BotCluster> readings(
      KubernetesClient client, Vertx vertx, OperatorConfiguration configuration) {
    var volumes = configuration.volumes();
    var pace = Collections.min(List.of(PACE, configuration.readings()));
    var access =
        new KubeletAccess(
            volumes.account(),
            configuration.namespace(),
            Optional.of(Path.of(volumes.kubeletCa())).filter(file -> !volumes.insecureKubelet()),
            pace.dividedBy(2));
    return new Readings<>("volumes", List.of(VolumeGauge.of(client, vertx, access)), pace);
  }
}
