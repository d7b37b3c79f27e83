package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the containers of servers and sentinels have in common. */
record Mounts(Situation situation) {

  static final String RUN = "run";
  private static final String SETTINGS = "settings";
  private static final String CREDENTIALS = "credentials";
  private static final String TLS = "tls";
  private static final String SCRIPTS = "scripts";
  private static final String SCRATCH = "tmp";

  /** The command that runs one of the scripts. */
  static String[] script(String name, String... arguments) {
    var command = new ArrayList<>(List.of("bash", "/scripts/" + name));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  List<Volume> volumes() {
    var part = situation.part();
    return List.of(
        Volumes.configMap(SCRIPTS, part.name(Names.SCRIPTS)),
        Volumes.configMap(SETTINGS, part.name()),
        Volumes.secret(CREDENTIALS, part.name(Names.INTERNAL)),
        Volumes.secret(TLS, part.name(Names.SERVER_CERTIFICATE)),
        Volumes.scratch(RUN, "16Mi"),
        Volumes.scratch(SCRATCH, "16Mi"));
  }

  List<VolumeMount> mounts(String run) {
    return List.of(
        Volumes.readOnly(SCRIPTS, "/" + SCRIPTS),
        Volumes.readOnly(SETTINGS, "/" + SETTINGS),
        Volumes.readOnly(CREDENTIALS, "/" + CREDENTIALS),
        Volumes.readOnly(TLS, "/" + TLS),
        Volumes.mount(RUN, run),
        Volumes.mount(SCRATCH, "/" + SCRATCH));
  }

  /** Who the others are, as common.sh wants to know it. */
  List<EnvVar> environment() {
    var part = situation.part();
    return List.of(
        Containers.field("POD_NAME", "metadata.name"),
        Containers.field("POD_NAMESPACE", "metadata.namespace"),
        variable("NAME", part.name()),
        variable("DOMAIN", situation.host(part.name(Names.HEADLESS))),
        variable("SENTINELS", situation.sentinels().name()),
        variable("SENTINEL_DOMAIN", situation.host(situation.sentinels().name())),
        variable("SERVICE_NAME", part.name()),
        variable("SERVICE", situation.host(part.name())));
  }

  /** A container of Valkey's image: sentinels and servers run the same. */
  ContainerBuilder container() {
    return Image.of(situation.cluster(), Names.COMPONENT, situation.facts().settings()).container();
  }

  /** Memory of the pod or a volume that outlives it. */
  Optional<Volume> memoryData() {
    return situation.persists()
        ? Optional.empty()
        : Optional.of(
            new VolumeBuilder().withName(Names.DATA).withNewEmptyDir().endEmptyDir().build());
  }

  static EnvVar variable(String name, String value) {
    return new EnvVar(name, value, null);
  }
}
