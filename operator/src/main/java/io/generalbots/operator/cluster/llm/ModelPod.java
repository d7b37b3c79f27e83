package io.generalbots.operator.cluster.llm;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The pod of a model: llama.cpp's server, and before it, where the file is in an image, a container
 * of that image which copies it: a container's own files are nobody else's to read.
 *
 * @param model what is wished
 * @param image of the server
 */
record ModelPod(LocalModel model, Image image) {

  private static final String MODEL = "model";
  private static final String TMP = "tmp";
  private static final String FOLDER = "/models";
  private static final String COPY = "/model.gguf";

  /** Where the copy is made: a folder that hides none of an image's. */
  private static final String ASIDE = "/generalbots-model";

  /** Much more than any model that a processor answers with. */
  private static final String LARGEST = "32Gi";

  /** Nothing is fetched, no page is served, nobody is told what others ask, and it is not kept. */
  private static final List<String> CLOSED =
      List.of("--offline", "--no-ui", "--no-slots", "--cache-ram", "0");

  /** Two at a time, each with half of these tokens; a third waits. */
  private static final int TOGETHER = 2;

  private static final int CONTEXT = 8192;

  /** Tokens of the longest answer, so that one who asks for endless ones keeps nobody waiting. */
  private static final int LONGEST = 2048;

  /** How long a model of some gigabytes may take to be read: 15 minutes. */
  private static final int PERIOD_SECONDS = 5;

  private static final int LONG_START = 180;

  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";
  private static final String DISK = "ephemeral-storage";

  PodSpec spec() {
    return new PodSpecBuilder()
        .withServiceAccountName(model.part().name())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(Security.pod())
        .withTerminationGracePeriodSeconds(30L)
        .withInitContainers(copier().stream().toList())
        .withContainers(server())
        .withVolumes(volume(), Volumes.scratch(TMP, "64Mi"))
        .build();
  }

  private Container server() {
    return image
        .container()
        .withName("llama")
        .withCommand(command())
        .withPorts(Containers.port("http", LocalModel.PORT))
        .withStartupProbe(Probes.every(health(), PERIOD_SECONDS, LONG_START))
        .withReadinessProbe(Probes.every(health(), PERIOD_SECONDS, 2))
        .withLivenessProbe(Probes.every(Probes.tcp(LocalModel.PORT), 2 * PERIOD_SECONDS, 6))
        .withResources(resources())
        .withSecurityContext(Security.container())
        .withVolumeMounts(Volumes.readOnly(MODEL, FOLDER), Volumes.mount(TMP, "/" + TMP))
        .build();
  }

  private static ProbeBuilder health() {
    return Probes.http("/health", LocalModel.PORT);
  }

  private List<String> command() {
    var all = new ArrayList<>(List.of("llama-server", "--host", "0.0.0.0"));
    all.addAll(CLOSED);
    var values = new LinkedHashMap<String, Object>();
    values.put("--port", LocalModel.PORT);
    values.put("--model", FOLDER + copied().map(i -> COPY).orElseGet(this::file));
    values.put("--alias", model.spec().model());
    values.put("--threads", threads());
    values.put("--parallel", TOGETHER);
    values.put("--ctx-size", CONTEXT);
    values.put("--predict", LONGEST);
    values.forEach((option, value) -> all.addAll(List.of(option, value.toString())));
    return all;
  }

  private Optional<Container> copier() {
    return copied()
        .map(
            name ->
                Image.named(model.cluster(), name)
                    .container()
                    .withName("copy")
                    .withCommand("cp", "-f", file(), ASIDE + COPY)
                    .withResources(little())
                    .withSecurityContext(Security.container())
                    .withVolumeMounts(Volumes.mount(MODEL, ASIDE))
                    .build());
  }

  private Volume volume() {
    return Optional.ofNullable(model.spec().claimName())
        .map(
            claim ->
                new VolumeBuilder()
                    .withName(MODEL)
                    .withPersistentVolumeClaim(new PersistentVolumeClaimVolumeSource(claim, true))
                    .build())
        .orElseGet(() -> Volumes.scratch(MODEL, LARGEST));
  }

  private Optional<String> copied() {
    return Optional.ofNullable(model.spec().image());
  }

  private String file() {
    return Objects.requireNonNull(model.spec().file());
  }

  /** By itself the server would take as many as the node has processors, whatever it may use. */
  private int threads() {
    return Optional.ofNullable(resources().getLimits())
        .map(limits -> limits.get(CPU))
        .or(() -> Optional.ofNullable(resources().getRequests()).map(r -> r.get(CPU)))
        .map(q -> q.getNumericalAmount().setScale(0, RoundingMode.CEILING).intValue())
        .map(n -> Math.max(1, n))
        .orElse(2);
  }

  private ResourceRequirements resources() {
    return Optional.ofNullable(model.spec().resources()).orElseGet(ModelPod::usual);
  }

  /** For the model that the spec names by default: 1.5 billion weights of four bits. */
  private static ResourceRequirements usual() {
    return new ResourceRequirementsBuilder()
        .addToRequests(CPU, new Quantity("1"))
        .addToRequests(MEMORY, new Quantity("2Gi"))
        .addToRequests(DISK, new Quantity("64Mi"))
        .addToLimits(CPU, new Quantity("4"))
        .addToLimits(MEMORY, new Quantity("4Gi"))
        .addToLimits(DISK, new Quantity(LARGEST))
        .build();
  }

  private static ResourceRequirements little() {
    return new ResourceRequirementsBuilder()
        .addToRequests(CPU, new Quantity("50m"))
        .addToRequests(MEMORY, new Quantity("32Mi"))
        .addToRequests(DISK, new Quantity("64Mi"))
        .addToLimits(CPU, new Quantity("2"))
        .addToLimits(MEMORY, new Quantity("512Mi"))
        .addToLimits(DISK, new Quantity(LARGEST))
        .build();
  }
}
