package io.generalbots.operator.cluster.transcription;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.TranscriptionSpec;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.livekit.Entrance;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pod of an agent. Nothing is known of its image but that it reads the variables of LiveKit's
 * SDKs: so there is no probe, and it is ready once it runs.
 *
 * @param cluster what is wished
 */
record AgentPod(BotCluster cluster) {

  /** What no user may set, since it is set here. The schema refuses these names too. */
  static final Set<String> RESERVED =
      Set.of("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET");

  /** As Kubernetes has it: whatever can be printed, but for what ends a name. */
  private static final Predicate<String> USABLE =
      Pattern.compile("[ -~&&[^=]]+").asMatchPredicate();

  /** Beyond the time for rooms: what Kubernetes needs to end a container that has ended. */
  private static final long MARGIN_SECONDS = 15;

  private static final String TMP = "tmp";
  private static final String HOME = "HOME";
  private static final String EPHEMERAL = "ephemeral-storage";

  PodSpec spec(Part part, Entrance entrance) {
    return new PodSpecBuilder()
        .withServiceAccountName(part.name())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(Security.pod())
        .withTerminationGracePeriodSeconds(
            cluster.getSpec().livekit().drainSeconds() + MARGIN_SECONDS)
        .withContainers(
            Image.named(cluster, Objects.requireNonNull(spec().image()))
                .container()
                .withName("agent")
                .withEnv(environment(entrance))
                .withResources(resources())
                .withSecurityContext(Security.container())
                .withVolumeMounts(Volumes.mount(TMP, "/" + TMP))
                .build())
        .withVolumes(Volumes.scratch(TMP, "1Gi"))
        .build();
  }

  /** Names of the user's variables that can be none. */
  List<String> unusable() {
    return names().filter(USABLE.negate()).toList();
  }

  /** The way in, then what the user says; a home where something can be written, unless he says. */
  private List<EnvVar> environment(Entrance entrance) {
    var all = new ArrayList<EnvVar>();
    all.add(Containers.secret("LIVEKIT_URL", entrance.name(), Entrance.URI));
    all.add(Containers.secret("LIVEKIT_API_KEY", entrance.name(), Entrance.API_KEY));
    all.add(Containers.secret("LIVEKIT_API_SECRET", entrance.name(), Entrance.API_SECRET));
    if (names().noneMatch(HOME::equals)) {
      all.add(new EnvVar(HOME, "/" + TMP, null));
    }
    spec().environment().stream().filter(v -> !RESERVED.contains(v.getName())).forEach(all::add);
    return all;
  }

  private Stream<String> names() {
    return spec().environment().stream().map(EnvVar::getName);
  }

  private ResourceRequirements resources() {
    return Optional.ofNullable(spec().resources()).orElseGet(AgentPod::usual);
  }

  private static ResourceRequirements usual() {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("100m"))
        .addToRequests("memory", new Quantity("256Mi"))
        .addToRequests(EPHEMERAL, new Quantity("64Mi"))
        .addToLimits("cpu", new Quantity("2"))
        .addToLimits("memory", new Quantity("2Gi"))
        .addToLimits(EPHEMERAL, new Quantity("2Gi"))
        .build();
  }

  private TranscriptionSpec spec() {
    return cluster.getSpec().livekit().transcription();
  }
}
