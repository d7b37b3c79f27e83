package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.api.v1alpha1.cluster.ValkeyPersistenceMode;
import io.generalbots.api.v1alpha1.shared.TlsMode;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pod of one server. It depends on the spec and the settings only. */
final class ServerPod {

  /** The servers' settings that need a restart. */
  static final String CONFIGURATION = "generalbots.io/configuration";

  /** A hand-over takes a few seconds; a server with much data then still has to sync its log. */
  private static final long GRACE_SECONDS = 60L;

  private static final String ACL = "acl";
  static final String PROBE = "probe.sh";

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
            .withVolumes(volumes(situation))
            .build();
    var meta =
        new ObjectMetaBuilder()
            .withLabels(part.labels())
            .addToAnnotations(CONFIGURATION, Configuration.revision(situation.spec()))
            .build();
    return new PodTemplateSpec(meta, spec);
  }

  /** Whether both would run the same: the parts of a template that follow from the spec. */
  static boolean isSame(PodTemplateSpec one, PodTemplateSpec other) {
    var first = one.getSpec().getContainers().get(0);
    var second = other.getSpec().getContainers().get(0);
    return configuration(one).equals(configuration(other))
        && first.getImage().equals(second.getImage())
        && first.getResources().equals(second.getResources())
        && first.getEnv().size() == second.getEnv().size();
  }

  private static Optional<String> configuration(PodTemplateSpec template) {
    return Optional.ofNullable(template.getMetadata().getAnnotations())
        .flatMap(a -> Optional.ofNullable(a.get(CONFIGURATION)));
  }

  private static Container container(Situation situation) {
    var mounts = new Mounts(situation);
    return mounts
        .container()
        .withName(Names.COMPONENT)
        .withCommand(Mounts.script("server.sh"))
        .withEnv(environment(situation))
        .withPorts(ports(situation))
        .withLivenessProbe(Probes.every(Probes.exec(Mounts.script(PROBE, "live")), 10, 6))
        // Longer than a failover takes: the replicas keep serving reads meanwhile.
        .withReadinessProbe(Probes.every(Probes.exec(Mounts.script(PROBE, "ready")), 5, 3))
        .withResources(
            Optional.ofNullable(situation.spec().resources())
                .orElseGet(() -> Memory.of(situation.spec().memory()).resources()))
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts(situation))
        .build();
  }

  private static List<EnvVar> environment(Situation situation) {
    var variables = new ArrayList<>(new Mounts(situation).environment());
    variables.add(Mounts.variable("PERSISTENCE", mode(situation.spec().persistence().mode())));
    if (situation.spec().tls().mode() == TlsMode.DISABLED) {
      variables.add(Mounts.variable("SERVICE_PLAIN", "true"));
    }
    return variables;
  }

  private static String mode(ValkeyPersistenceMode mode) {
    return switch (mode) {
      case APPEND_ONLY -> "AppendOnly";
      case SNAPSHOT -> "Snapshot";
      case DISABLED -> "Disabled";
    };
  }

  private static List<Volume> volumes(Situation situation) {
    var mounts = new Mounts(situation);
    var volumes = new ArrayList<>(mounts.volumes());
    volumes.add(Volumes.secret(ACL, situation.part().name(Names.USERS)));
    mounts.memoryData().ifPresent(volumes::add);
    return volumes;
  }

  private static List<VolumeMount> mounts(Situation situation) {
    var mounts = new ArrayList<>(new Mounts(situation).mounts("/run/valkey"));
    mounts.add(Volumes.readOnly(ACL, "/" + ACL));
    mounts.add(Volumes.mount(Names.DATA, "/" + Names.DATA));
    return mounts;
  }

  private static List<ContainerPort> ports(Situation situation) {
    var ports = new ArrayList<ContainerPort>();
    if (situation.spec().tls().mode() != TlsMode.REQUIRED) {
      ports.add(Containers.port(Names.COMPONENT, Names.PORT));
    }
    ports.add(Containers.port("tls", Names.TLS_PORT));
    ports.add(Containers.port("board", Names.BOARD_PORT));
    return ports;
  }
}
