package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pod of a LiveKit server, which waits for its bus before it starts. */
record ServerPod(Situation situation, Optional<Bus> bus) {

  static final String SCRIPT = "livekit.sh";

  /** Beyond the time for rooms: what Services need to forget a pod, and LiveKit to end. */
  private static final long MARGIN_SECONDS = 15;

  private static final String SCRIPTS = "scripts";

  PodSpec spec() {
    var spec = situation.spec();
    var pod =
        new PodSpecBuilder()
            .withServiceAccountName(situation.part().name())
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withSecurityContext(Security.pod())
            .withTerminationGracePeriodSeconds(spec.drainSeconds() + MARGIN_SECONDS)
            .withInitContainers(bus.stream().map(b -> waiting()).toList())
            .withContainers(server())
            .withVolumes(volumes());
    if (spec.hostNetwork()) {
      pod.withHostNetwork(true).withDnsPolicy("ClusterFirstWithHostNet");
    }
    return pod.build();
  }

  private Container waiting() {
    return container("await").withName(Names.BUS).withResources(ServerResources.waiting()).build();
  }

  private Container server() {
    return container("serve")
        .withName(Names.COMPONENT)
        .withPorts(ports())
        .withReadinessProbe(Probes.every(Probes.http("/", Names.PORT), 2, 2))
        .withLivenessProbe(Probes.every(Probes.exec(script("alive")), 10, 6))
        .withLifecycle(leave())
        .withResources(ServerResources.of(situation.spec()))
        .build();
  }

  private ContainerBuilder container(String role) {
    return Image.of(situation.cluster(), Names.COMPONENT, situation.facts().settings())
        .container()
        .withCommand(script(role))
        .withEnv(environment())
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts());
  }

  /** The address that clients are told to send media to. */
  private List<EnvVar> environment() {
    var variables = new ArrayList<EnvVar>();
    variables.add(Containers.field("NODE_IP", "status.podIP"));
    bus.ifPresent(b -> variables.addAll(b.variables()));
    return variables;
  }

  private static Lifecycle leave() {
    var handler = new LifecycleHandler(new ExecAction(List.of(script("leave"))), null, null, null);
    return new LifecycleBuilder().withPreStop(handler).build();
  }

  private static String[] script(String role) {
    return new String[] {"/bin/bash", "/" + SCRIPTS + "/" + SCRIPT, role};
  }

  private List<Volume> volumes() {
    var part = situation.part();
    var volumes = new ArrayList<Volume>();
    volumes.add(Volumes.configMap(SCRIPTS, part.name()));
    volumes.add(Volumes.secret(Names.CONFIG, part.name(Names.CONFIG)));
    Turn.secretName(situation.cluster())
        .ifPresent(name -> volumes.add(Volumes.secret(Names.TURN, name)));
    return volumes;
  }

  private List<VolumeMount> mounts() {
    var mounts = new ArrayList<VolumeMount>();
    mounts.add(Volumes.readOnly(SCRIPTS, "/" + SCRIPTS));
    mounts.add(Volumes.readOnly(Names.CONFIG, Configuration.FOLDER));
    Turn.secretName(situation.cluster())
        .ifPresent(name -> mounts.add(Volumes.readOnly(Names.TURN, Turn.FOLDER)));
    return mounts;
  }

  private List<ContainerPort> ports() {
    var ports = new ArrayList<ContainerPort>();
    ports.add(Containers.port("http", Names.PORT));
    ports.add(Containers.port("metrics", Names.METRICS));
    ports.add(Containers.port("media-tcp", Names.TCP_MEDIA));
    ports.add(Containers.port("media-udp", Names.UDP_MEDIA, "UDP"));
    if (Turn.isWished(situation.cluster())) {
      ports.add(Containers.port("turn-udp", situation.spec().turn().udpPort(), "UDP"));
    }
    if (Turn.secretName(situation.cluster()).isPresent()) {
      ports.add(Containers.port("turn-tls", situation.spec().turn().tlsPort()));
    }
    return ports;
  }
}
