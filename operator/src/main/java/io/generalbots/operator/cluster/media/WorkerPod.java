package io.generalbots.operator.cluster.media;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pod of a worker: GStreamer, which has no secret and can write to one folder only, and a
 * courier that hands on what is written there.
 *
 * @param situation the workers
 * @param pipeline what they play
 * @param number which of them it is
 */
record WorkerPod(Situation situation, Pipeline pipeline, int number) {

  private static final long GRACE_SECONDS = 30L;

  private static final String SCRIPTS = "scripts";
  private static final String OUTPUT = "output";
  private static final String RUN = "run";
  private static final String STORE = "store";

  PodSpec spec() {
    var containers = new ArrayList<Container>();
    containers.add(player());
    if (situation.hasStore()) {
      containers.add(courier());
    }
    return new PodSpecBuilder()
        .withServiceAccountName(situation.part().name())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(Security.pod())
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withContainers(containers)
        .withVolumes(volumes())
        .build();
  }

  private Container player() {
    return container("play")
        .withName(Names.PLAYER)
        .withArgs(arguments())
        .withEnv(
            new EnvVar("RESTART", restart(), null),
            new EnvVar("CARRIED", Boolean.toString(situation.hasStore()), null))
        .withReadinessProbe(Probes.every(Probes.exec(script("playing")), 3, 2))
        .withResources(WorkerResources.of(situation.spec()))
        .withVolumeMounts(mounts())
        .build();
  }

  private Container courier() {
    return container("carry")
        .withName(Names.COURIER)
        .withEnv(new EnvVar("WORKER", Integer.toString(number), null))
        .withReadinessProbe(Probes.every(Probes.exec(script("carrying")), 5, 2))
        .withResources(WorkerResources.courier())
        .withVolumeMounts(mounts())
        .addToVolumeMounts(Volumes.readOnly(STORE, Names.STORE_FOLDER))
        .build();
  }

  private ContainerBuilder container(String role) {
    return Image.of(situation.cluster(), Names.COMPONENT, situation.facts().settings())
        .container()
        .withCommand(script(role))
        .withSecurityContext(Security.container());
  }

  /** Kubernetes puts variables in place where it sees a dollar sign, unless there are two. */
  private List<String> arguments() {
    var values =
        Map.of(Pipeline.OUTPUT, Names.OUTPUT_FOLDER, Pipeline.WORKER, Integer.toString(number));
    return pipeline.with(values).stream().map(a -> a.replace("$", "$$")).toList();
  }

  private String restart() {
    return switch (situation.spec().restartPolicy()) {
      case ALWAYS -> "always";
      case ON_FAILURE -> "on-failure";
    };
  }

  private static String[] script(String role) {
    return new String[] {"/bin/bash", Names.SCRIPTS_FOLDER + "/" + Names.SCRIPT, role};
  }

  private List<Volume> volumes() {
    var part = situation.part();
    var volumes = new ArrayList<Volume>();
    volumes.add(Volumes.configMap(SCRIPTS, part.name()));
    volumes.add(Volumes.scratch(OUTPUT, "1Gi"));
    volumes.add(Volumes.scratch(RUN, "1Mi"));
    if (situation.hasStore()) {
      volumes.add(Volumes.secret(STORE, situation.store().name(Names.COMPONENT)));
    }
    return volumes;
  }

  private static List<VolumeMount> mounts() {
    return List.of(
        Volumes.readOnly(SCRIPTS, Names.SCRIPTS_FOLDER),
        Volumes.mount(OUTPUT, Names.OUTPUT_FOLDER),
        Volumes.mount(RUN, Names.RUN_FOLDER));
  }
}
