package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pod of one peer. */
final class ServerPod {

  private static final long GRACE_SECONDS = 60L;

  /** It loads all collections before it answers: an hour for those that are large. */
  private static final int STARTS = 720;

  private static final String SCRIPTS = "config";
  private static final String SCRATCH = "tmp";
  private static final String TLS = "tls";

  /** That there is a key makes a pod another one; which one it is stands nowhere but in Secrets. */
  private static final String AUTHENTICATION = "generalbots.io/authentication";

  private ServerPod() {}

  static PodTemplateSpec template(Situation situation) {
    var part = situation.part();
    var secured = new Encryption(situation);
    var spec =
        new PodSpecBuilder()
            .withAutomountServiceAccountToken(false)
            .withServiceAccountName(part.name())
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(GRACE_SECONDS)
            .withSecurityContext(Security.pod())
            .withContainers(container(situation, secured))
            .withVolumes(volumes(situation, secured))
            .build();
    return new PodTemplateSpec(meta(situation, secured), spec);
  }

  private static ObjectMeta meta(Situation situation, Encryption secured) {
    return new ObjectMetaBuilder()
        .withLabels(situation.part().labels())
        .addToLabels(Labels.ROLE, Names.PEER)
        .withAnnotations(secured.annotations())
        .addToAnnotations(AUTHENTICATION, situation.apiKey().map(k -> "key").orElse("none"))
        .build();
  }

  private static Container container(Situation situation, Encryption secured) {
    return Image.of(situation.cluster(), Names.COMPONENT, situation.facts().settings())
        .container()
        .withName(Names.COMPONENT)
        .withCommand("bash", "/config/" + Files.START)
        .withWorkingDir("/" + Names.DATA)
        .withEnv(new Configuration(situation, secured).variables())
        .withPorts(
            Containers.port("http", Names.HTTP_PORT),
            Containers.port("grpc", Names.GRPC_PORT),
            Containers.port("p2p", Names.P2P_PORT))
        .withStartupProbe(Probes.every(asking(situation, "/livez"), 5, STARTS))
        .withLivenessProbe(Probes.every(asking(situation, "/livez"), 10, 6))
        .withReadinessProbe(Probes.every(asking(situation, "/readyz"), 5, 2))
        .withResources(
            Optional.ofNullable(situation.spec().resources()).orElseGet(ServerPod::resources))
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts(secured))
        .build();
  }

  /** Both paths are answered without any key. */
  private static ProbeBuilder asking(Situation situation, String path) {
    return situation.servesTls()
        ? Probes.https(path, Names.HTTP_PORT)
        : Probes.http(path, Names.HTTP_PORT);
  }

  private static ResourceRequirements resources() {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("100m"))
        .addToRequests("memory", new Quantity("256Mi"))
        .addToRequests("ephemeral-storage", new Quantity("64Mi"))
        .addToLimits("cpu", new Quantity("2"))
        .addToLimits("memory", new Quantity("2Gi"))
        .addToLimits("ephemeral-storage", new Quantity("256Mi"))
        .build();
  }

  private static List<Volume> volumes(Situation situation, Encryption secured) {
    var part = situation.part();
    var volumes = new ArrayList<Volume>();
    volumes.add(Volumes.configMap(SCRIPTS, part.name()));
    volumes.add(Volumes.scratch(SCRATCH, "64Mi"));
    if (secured.isAny()) {
      volumes.add(Volumes.secret(TLS, part.name(Names.SERVER_CERTIFICATE)));
    }
    return volumes;
  }

  private static List<VolumeMount> mounts(Encryption secured) {
    var mounts = new ArrayList<VolumeMount>();
    mounts.add(Volumes.readOnly(SCRIPTS, "/" + SCRIPTS));
    mounts.add(Volumes.mount(SCRATCH, "/" + SCRATCH));
    mounts.add(Volumes.mount(Names.DATA, "/" + Names.DATA));
    if (secured.isAny()) {
      mounts.add(Volumes.readOnly(TLS, "/" + TLS));
    }
    return mounts;
  }
}
