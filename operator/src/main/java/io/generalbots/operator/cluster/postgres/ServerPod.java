package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.generalbots.operator.cluster.encryption.ColumnEncryption;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pod of one server. It depends on the spec and the settings only. */
final class ServerPod {

  /** For the last checkpoint of a large server; then it is killed and recovers at its start. */
  private static final long GRACE_SECONDS = 120L;

  private static final ResourceRequirements MODEST =
      new ResourceRequirementsBuilder()
          .withRequests(
              Map.of(
                  "cpu", new Quantity("100m"),
                  "memory", new Quantity("256Mi"),
                  "ephemeral-storage", new Quantity("64Mi")))
          .withLimits(
              Map.of(
                  "cpu", new Quantity("2"),
                  "memory", new Quantity("1Gi"),
                  "ephemeral-storage", new Quantity("1Gi")))
          .build();

  private ServerPod() {}

  static PodTemplateSpec template(Situation situation) {
    var part = situation.part();
    var labels = new HashMap<>(part.labels());
    labels.putAll(Names.scopeLabel(part));
    var spec =
        new PodSpecBuilder()
            .withServiceAccountName(part.name())
            .withAutomountServiceAccountToken(true)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(GRACE_SECONDS)
            .withSecurityContext(Security.pod())
            .withContainers(container(situation))
            .withVolumes(Mounts.volumes(part, ColumnEncryption.isOn(situation.cluster())))
            .build();
    return new PodTemplateSpec(new ObjectMetaBuilder().withLabels(labels).build(), spec);
  }

  private static Container container(Situation situation) {
    return Image.of(situation.cluster(), Names.COMPONENT, situation.facts().settings())
        .container()
        .withName(Names.COMPONENT)
        .withCommand(Mounts.SCRIPT_DIRECTORY + "/start")
        .withEnv(environment(situation.part()))
        .withPorts(
            Containers.port(Names.COMPONENT, Names.PORT),
            Containers.port("patroni", Names.REST_PORT))
        .withStartupProbe(Probes.every(Probes.https("/liveness", Names.REST_PORT), 1, 60))
        .withLivenessProbe(Probes.every(Probes.https("/liveness", Names.REST_PORT), 10, 6))
        .withReadinessProbe(Probes.every(Probes.https("/readiness", Names.REST_PORT), 3, 3))
        .withResources(Optional.ofNullable(situation.spec().resources()).orElse(MODEST))
        .withSecurityContext(Security.container())
        .withVolumeMounts(Mounts.mounts())
        .build();
  }

  private static List<EnvVar> environment(Part part) {
    var labels =
        "{%s: '%s', %s: '%s'}"
            .formatted(Labels.CLUSTER, part.cluster(), Labels.COMPONENT, part.component());
    return List.of(
        new EnvVar("PATRONI_SCOPE", Names.scope(part), null),
        new EnvVar("PATRONI_KUBERNETES_LABELS", labels, null),
        Containers.field("PATRONI_NAME", "metadata.name"),
        Containers.field("PATRONI_KUBERNETES_NAMESPACE", "metadata.namespace"),
        Containers.field("POD_IP", "status.podIP"),
        Containers.field("PATRONI_KUBERNETES_POD_IP", "status.podIP"));
  }
}
