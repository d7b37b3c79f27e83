package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import java.util.List;
import java.util.stream.Stream;

/** The pod of a bot server. */
record ServerPod(Situation situation) {

  /** Services forget it within 10 s, and after the drain botserver ends by itself within 15 s. */
  private static final long END_SECONDS = 40L;

  /** Migrations, and a cache that is tried for a minute, come before the port opens. */
  private static final int START_SECONDS = 600;

  /** The question waits up to 5 s for a connection to the database. */
  private static final int READY_TIMEOUT_SECONDS = 6;

  private static final String SCRIPT = Mounts.SCRIPTS_FOLDER + "/" + Scripts.NAME;

  PodTemplateSpec template() {
    var part = situation.part();
    var spec =
        new PodSpecBuilder()
            .withServiceAccountName(part.name())
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withSecurityContext(Security.pod())
            .withTerminationGracePeriodSeconds(situation.spec().drainSeconds() + END_SECONDS)
            .withInitContainers(companions())
            .withContainers(container())
            .withHostAliases(situation.site().door().map(Door::alias).stream().toList())
            .withVolumes(new Mounts(situation).volumes())
            .build();
    return new PodTemplateSpec(meta(), spec);
  }

  private ObjectMeta meta() {
    return new ObjectMetaBuilder()
        .withLabels(situation.part().labels())
        .addToLabels(Labels.VERSION, situation.spec().version())
        .withAnnotations(new Revision(situation).annotations())
        .build();
  }

  /** They are there before botserver and as long as it. */
  private List<Container> companions() {
    var site = situation.site();
    return Stream.concat(
            site.door().map(Door::container).stream(), site.own().companions().stream())
        .toList();
  }

  private Container container() {
    return situation
        .site()
        .image()
        .container()
        .withName(Names.COMPONENT)
        .withWorkingDir(Names.HOME)
        .withCommand(start())
        .withEnv(new Environment(situation).variables())
        .withPorts(new ContainerPort(Names.PORT, null, null, "http", "TCP"))
        .withStartupProbe(Probes.every(Probes.http("/health", Names.PORT), 2, START_SECONDS / 2))
        .withLivenessProbe(Probes.every(Probes.http("/health", Names.PORT), 10, 6))
        .withReadinessProbe(ready())
        .withLifecycle(drain())
        .withResources(ServerResources.of(situation.spec()))
        .withSecurityContext(Security.container())
        .withVolumeMounts(new Mounts(situation).mounts())
        .build();
  }

  private String[] start() {
    var needed = situation.site().ways().needed().stream().map(Address::toString);
    return script(Stream.concat(Stream.of("start"), needed).toArray(String[]::new));
  }

  private static Probe ready() {
    var probe = Probes.every(Probes.http("/api/health", Names.PORT), 10, 2);
    probe.setTimeoutSeconds(READY_TIMEOUT_SECONDS);
    return probe;
  }

  private Lifecycle drain() {
    var command = script("drain", Integer.toString(situation.spec().drainSeconds()));
    return new LifecycleBuilder()
        .withPreStop(new LifecycleHandler(new ExecAction(List.of(command)), null, null, null))
        .build();
  }

  /** The version that a pod runs. */
  static String version(Pod pod) {
    return Objects.labels(pod).getOrDefault(Labels.VERSION, "");
  }

  private static String[] script(String... arguments) {
    var command = new String[arguments.length + 2];
    command[0] = "/bin/sh";
    command[1] = SCRIPT;
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return command;
  }
}
