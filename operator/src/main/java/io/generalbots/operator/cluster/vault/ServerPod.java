package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pod of one server. */
final class ServerPod {

  private static final String CONFIGURATION = "generalbots.io/configuration";
  private static final String CONFIG = "config";
  private static final String TLS = "tls";
  private static final String SCRATCH = "tmp";

  /** A server that leads hands over before it stops. */
  private static final long GRACE_SECONDS = 30L;

  /** What answers 200 as soon as a server opens its data, whether it leads or not. */
  private static final String OPEN = "/v1/sys/health?standbyok=true";

  /** The same for a server that answers at all. */
  private static final String ALIVE = OPEN + "&sealedcode=200&uninitcode=200";

  private ServerPod() {}

  static PodTemplateSpec template(Situation situation) {
    var part = situation.part();
    var spec =
        new PodSpecBuilder()
            .withAutomountServiceAccountToken(false)
            .withServiceAccountName(part.name())
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(GRACE_SECONDS)
            .withSecurityContext(Security.pod())
            .withContainers(container(situation))
            .withVolumes(volumes(part))
            .build();
    var meta =
        new ObjectMetaBuilder()
            .withLabels(part.labels())
            .addToAnnotations(CONFIGURATION, Configuration.revision())
            .build();
    return new PodTemplateSpec(meta, spec);
  }

  private static Container container(Situation situation) {
    return Image.of(situation.cluster(), Names.COMPONENT, situation.facts().settings())
        .container()
        .withName(Names.COMPONENT)
        .withCommand("bash", "/" + CONFIG + "/" + Configuration.SCRIPT)
        .withEnv(environment(situation))
        .withPorts(Containers.port("https", Names.PORT), Containers.port("peers", Names.PEER_PORT))
        .withStartupProbe(probe(ALIVE, 2, 60))
        .withReadinessProbe(probe(OPEN, 3, 2))
        .withLivenessProbe(probe(ALIVE, 10, 6))
        .withResources(Optional.ofNullable(situation.spec().resources()).orElseGet(ServerPod::few))
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts())
        .build();
  }

  private static List<Volume> volumes(Part part) {
    return List.of(
        Volumes.configMap(CONFIG, part.name()),
        Volumes.secret(TLS, part.name(Names.SERVER_CERTIFICATE)),
        Volumes.secret(Names.UNSEAL, part.name(Names.UNSEAL)),
        Volumes.secret(Names.OPERATOR, part.name(Names.OPERATOR)),
        Volumes.scratch(SCRATCH, "16Mi"));
  }

  private static List<VolumeMount> mounts() {
    return List.of(
        Volumes.readOnly(CONFIG, "/" + CONFIG),
        Volumes.readOnly(TLS, "/" + TLS),
        Volumes.readOnly(Names.UNSEAL, "/" + Names.UNSEAL),
        Volumes.readOnly(Names.OPERATOR, "/" + Names.OPERATOR),
        Volumes.mount(Names.DATA, "/" + Names.DATA),
        Volumes.mount(SCRATCH, "/" + SCRATCH));
  }

  /** Its name among its peers is that of the pod, and so are its addresses: both stay. */
  private static List<EnvVar> environment(Situation situation) {
    var host = situation.host("$(POD_NAME)");
    return List.of(
        Containers.field("POD_NAME", "metadata.name"),
        new EnvVar("BAO_RAFT_NODE_ID", "$(POD_NAME)", null),
        new EnvVar("BAO_API_ADDR", "https://%s:%d".formatted(host, Names.PORT), null),
        new EnvVar("BAO_CLUSTER_ADDR", "https://%s:%d".formatted(host, Names.PEER_PORT), null));
  }

  private static Probe probe(String path, int periodSeconds, int failureThreshold) {
    return Probes.every(Probes.https(path, Names.PORT), periodSeconds, failureThreshold);
  }

  /** Some hundred entries, and all of them in memory. */
  private static ResourceRequirements few() {
    return new ResourceRequirementsBuilder()
        .withRequests(
            Map.of(
                "cpu", new Quantity("20m"),
                "memory", new Quantity("96Mi"),
                "ephemeral-storage", new Quantity("32Mi")))
        .withLimits(
            Map.of(
                "cpu", new Quantity("1"),
                "memory", new Quantity("384Mi"),
                "ephemeral-storage", new Quantity("64Mi")))
        .build();
  }
}
