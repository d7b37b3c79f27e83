package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pod of a gateway: Caddy, and a follower that hands it changed files.
 *
 * @param part whose pod it is
 * @param image what both containers run
 * @param secrets what is mounted beside its configuration: the Secret of each volume
 */
record GatewayPods(Part part, Image image, Map<String, String> secrets) {

  static final String CADDYFILE = "Caddyfile";
  static final String SCRIPT = "gateway.sh";

  /** The volume of the certificate, if there is one. */
  static final String TLS = "tls";

  /** Longer than Caddy takes to go: 8 s to be forgotten, 20 s for answers under way. */
  private static final long GRACE_SECONDS = 40L;

  private static final String MOUNTS = "/etc/gateway/";
  private static final String CONFIG = "config";
  private static final String RUN = "run";
  private static final String DATA = "data";
  private static final String TMP = "tmp";

  /** Where a file of a volume is. */
  static String file(String volume, String name) {
    return folder(volume) + "/" + name;
  }

  PodSpec pod(Optional<ResourceRequirements> resources) {
    return new PodSpecBuilder()
        .withServiceAccountName(part.name())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(Security.pod())
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withContainers(caddy(resources), follower())
        .withVolumes(volumes())
        .build();
  }

  private Container caddy(Optional<ResourceRequirements> resources) {
    return image
        .container()
        .withName("caddy")
        .withCommand("caddy", "run", "--config", folder(CONFIG) + "/" + CADDYFILE)
        .withEnv(cookieSecret(), new EnvVar("XDG_DATA_HOME", "/" + DATA, null))
        .withPorts(ports())
        .withStartupProbe(probe(1, 60))
        .withReadinessProbe(probe(5, 2))
        .withLivenessProbe(Probes.every(Probes.tcp(Ports.HEALTH), 10, 6))
        .withResources(resources.orElseGet(() -> resources("50m", "64Mi", "2", "512Mi")))
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts())
        .addToVolumeMounts(Volumes.readOnly(ServersFile.NAME, folder(ServersFile.NAME)))
        .addToVolumeMounts(Volumes.mount(DATA, "/" + DATA))
        .build();
  }

  private Container follower() {
    var command = new ArrayList<>(List.of("bash", folder(CONFIG) + "/" + SCRIPT, "follow"));
    folders().forEach(f -> command.add(folder(f)));
    return image
        .container()
        .withName("follower")
        .withCommand(command)
        .withResources(resources("5m", "16Mi", "500m", "64Mi"))
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts())
        .build();
  }

  /** It answers once Caddy has its configuration, whatever is behind it. */
  private static Probe probe(int periodSeconds, int failureThreshold) {
    return Probes.every(Probes.http("/healthz", Ports.HEALTH), periodSeconds, failureThreshold);
  }

  private List<ContainerPort> ports() {
    var ports = new ArrayList<ContainerPort>();
    ports.add(Containers.port("http", Ports.HTTP));
    if (secrets.containsKey(TLS)) {
      ports.add(Containers.port("https", Ports.HTTPS));
    }
    if (secrets.containsKey(RoomKeys.NAME)) {
      ports.add(Containers.port(RoomKeys.NAME, Ports.ROOMS));
    }
    if (secrets.containsKey(VectorKeys.NAME)) {
      ports.add(Containers.port(VectorKeys.NAME, Ports.VECTORS));
    }
    if (secrets.containsKey(Models.NAME)) {
      ports.add(Containers.port(Models.NAME, Ports.MODELS));
    }
    return ports;
  }

  private EnvVar cookieSecret() {
    return Containers.secret("COOKIE_SECRET", part.name(Gateway.COOKIE), Gateway.COOKIE_KEY);
  }

  /** Those whose files are handed to Caddy when they change; it follows the bot servers itself. */
  private List<String> folders() {
    return Stream.concat(Stream.of(CONFIG), secrets.keySet().stream()).toList();
  }

  private List<Volume> volumes() {
    var volumes = new ArrayList<Volume>();
    volumes.add(Volumes.configMap(CONFIG, part.name()));
    volumes.add(Volumes.configMap(ServersFile.NAME, part.name(ServersFile.NAME)));
    secrets.forEach((volume, secret) -> volumes.add(volume(volume, secret)));
    volumes.add(Volumes.scratch(RUN, "16Mi"));
    volumes.add(Volumes.scratch(DATA, "16Mi"));
    volumes.add(Volumes.scratch(TMP, "16Mi"));
    return volumes;
  }

  private static Volume volume(String name, String secret) {
    return Limits.VOLUMES.contains(name)
        ? Volumes.optionalSecret(name, secret)
        : Volumes.secret(name, secret);
  }

  private List<VolumeMount> mounts() {
    var mounts = new ArrayList<VolumeMount>();
    folders().forEach(f -> mounts.add(Volumes.readOnly(f, folder(f))));
    mounts.add(Volumes.mount(RUN, "/run/gateway"));
    mounts.add(Volumes.mount(TMP, "/" + TMP));
    return mounts;
  }

  /** Where the files of a volume are. */
  static String folder(String volume) {
    return MOUNTS + volume;
  }

  private static ResourceRequirements resources(
      String cpu, String memory, String cpuLimit, String memoryLimit) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(cpu))
        .addToRequests("memory", new Quantity(memory))
        .addToRequests("ephemeral-storage", new Quantity("32Mi"))
        .addToLimits("cpu", new Quantity(cpuLimit))
        .addToLimits("memory", new Quantity(memoryLimit))
        .addToLimits("ephemeral-storage", new Quantity("128Mi"))
        .build();
  }
}
