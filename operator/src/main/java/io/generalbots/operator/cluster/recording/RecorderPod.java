package io.generalbots.operator.cluster.recording;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.livekit.Entrance;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pod of a recorder. Its program keeps everything below a folder that is compiled into it.
 *
 * @param situation the cluster
 * @param configuration what it runs by
 */
record RecorderPod(Situation situation, Configuration configuration) {

  /** Beyond the time for rooms: what is left of a recording is finished and uploaded. */
  private static final long FINISH_SECONDS = 120;

  private static final String CONFIG = "config";
  private static final String SCRIPTS = "scripts";
  private static final String HOME = "/home/egress";
  private static final String EPHEMERAL = "ephemeral-storage";

  /** What a few recordings take that wait for their upload. */
  private static final String SCRATCH = "24Gi";

  PodSpec spec() {
    return new PodSpecBuilder()
        .withServiceAccountName(situation.part().name())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(Security.pod())
        .withTerminationGracePeriodSeconds(drainSeconds() + FINISH_SECONDS)
        .withContainers(recorder())
        .withVolumes(volumes())
        .build();
  }

  private Container recorder() {
    return Image.of(situation.cluster(), Recording.NAME, situation.facts().settings())
        .container()
        .withName("egress")
        .withCommand("/bin/bash", "/" + SCRIPTS + "/" + Entrance.SCRIPT, "record")
        .withEnv(environment())
        .withPorts(
            Containers.port("health", Configuration.HEALTH),
            Containers.port("metrics", Configuration.METRICS))
        // It may wait for its bus, for as long as that takes.
        .withStartupProbe(Probes.every(Probes.http("/", Configuration.HEALTH), 2, 1800))
        .withReadinessProbe(Probes.every(Probes.http("/", Configuration.HEALTH), 5, 2))
        .withLivenessProbe(Probes.every(Probes.tcp(Configuration.HEALTH), 10, 6))
        .withResources(resources())
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts())
        .build();
  }

  private List<EnvVar> environment() {
    var variables = new ArrayList<>(configuration.bus().variables());
    variables.add(new EnvVar("HOME", HOME, null));
    // Of the sound server, which browsers that record need: a folder that is its own.
    variables.add(new EnvVar("XDG_RUNTIME_DIR", HOME + "/run", null));
    variables.add(new EnvVar("DRAIN_SECONDS", Integer.toString(drainSeconds()), null));
    configuration
        .store()
        .authority()
        .ifPresent(
            pem ->
                variables.add(
                    new EnvVar(
                        "SSL_CERT_FILE",
                        Configuration.FOLDER + "/" + Configuration.STORE_AUTHORITY,
                        null)));
    return variables;
  }

  private ResourceRequirements resources() {
    return Optional.ofNullable(situation.spec().resources()).orElseGet(RecorderPod::usual);
  }

  /** One room with its picture; sound alone takes a tenth. */
  private static ResourceRequirements usual() {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("500m"))
        .addToRequests("memory", new Quantity("512Mi"))
        .addToRequests(EPHEMERAL, new Quantity("1Gi"))
        .addToLimits("cpu", new Quantity("4"))
        .addToLimits("memory", new Quantity("4Gi"))
        .addToLimits(EPHEMERAL, new Quantity("26Gi"))
        .build();
  }

  private int drainSeconds() {
    return situation.cluster().getSpec().livekit().drainSeconds();
  }

  private List<Volume> volumes() {
    return List.of(
        Volumes.configMap(SCRIPTS, situation.entrance().name()),
        Volumes.secret(CONFIG, situation.part().name()),
        Volumes.scratch("home", SCRATCH),
        Volumes.scratch("tmp", "1Gi"));
  }

  private static List<VolumeMount> mounts() {
    return List.of(
        Volumes.readOnly(SCRIPTS, "/" + SCRIPTS),
        Volumes.readOnly(CONFIG, Configuration.FOLDER),
        Volumes.mount("home", HOME),
        Volumes.mount("tmp", "/tmp"));
  }
}
