package io.generalbots.operator.cluster.pooler;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.api.v1alpha1.cluster.PoolerSpec;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.List;

/** The pod of a pooler: PgBouncer, and a guard that applies changed files and ends lost pauses. */
final class PoolerPods {

  /** Longer than a drain: 3 s to be forgotten, 20 s for clients, the rest for transactions. */
  private static final long GRACE_SECONDS = 60L;

  private static final String MOUNTS = "/etc/pooler/";
  private static final String CONFIG = "config";
  private static final String TLS = "tls";
  private static final String LOOKUP = "lookup";
  private static final String ADMIN = "admin";
  private static final String RUN = "run";
  private static final String TMP = "tmp";

  private PoolerPods() {}

  static PodSpec pod(Part part, PoolerSpec spec, Image image) {
    return new PodSpecBuilder()
        .withServiceAccountName(part.name())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(Security.pod())
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withContainers(pgbouncer(part, spec, image), guard(part, image))
        .withVolumes(
            Volumes.configMap(CONFIG, part.name()),
            Volumes.secret(TLS, part.cluster() + "-server"),
            Volumes.secret(LOOKUP, part.name("auth")),
            Volumes.secret(ADMIN, part.name("admin")),
            Volumes.scratch(RUN, "16Mi"),
            Volumes.scratch(TMP, "16Mi"))
        .build();
  }

  private static Container pgbouncer(Part part, PoolerSpec spec, Image image) {
    return container(part, image, "start")
        .withName("pgbouncer")
        .addNewPort()
        .withName(Pooler.PORT_NAME)
        .withContainerPort(Pooler.PORT)
        .endPort()
        .withStartupProbe(probe("answers", 2, 30))
        .withReadinessProbe(probe("serves", 5, 2))
        .withLivenessProbe(probe("answers", 10, 6))
        .withLifecycle(drain())
        .withResources(PoolerResources.pgbouncer(spec))
        .build();
  }

  private static Container guard(Part part, Image image) {
    return container(part, image, "guard")
        .withName("guard")
        .withResources(PoolerResources.guard())
        .build();
  }

  private static ContainerBuilder container(Part part, Image image, String role) {
    return image
        .container()
        .withCommand(script(role))
        .withEnv(
            new EnvVar("POOLER_SERVER", PoolerConfig.server(part.cluster()), null),
            new EnvVar("POOLER_PORT", String.valueOf(Pooler.PORT), null))
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts());
  }

  /**
   * Alive is a process whose console answers; ready one that takes clients, which it stops to do
   * when it drains. Neither asks PostgreSQL: without a primary, clients wait here.
   */
  private static Probe probe(String role, int periodSeconds, int failureThreshold) {
    return Probes.every(Probes.exec(script(role)), periodSeconds, failureThreshold);
  }

  private static Lifecycle drain() {
    return new LifecycleBuilder()
        .withPreStop(
            new LifecycleHandler(new ExecAction(List.of(script("drain"))), null, null, null))
        .build();
  }

  private static String[] script(String role) {
    return new String[] {"/bin/bash", MOUNTS + CONFIG + "/" + PoolerConfig.SCRIPT, role};
  }

  private static VolumeMount[] mounts() {
    return new VolumeMount[] {
      Volumes.readOnly(CONFIG, MOUNTS + CONFIG),
      Volumes.readOnly(TLS, MOUNTS + TLS),
      Volumes.readOnly(LOOKUP, MOUNTS + LOOKUP),
      Volumes.readOnly(ADMIN, MOUNTS + ADMIN),
      Volumes.mount(RUN, "/run/pooler"),
      Volumes.mount(TMP, "/tmp")
    };
  }
}
