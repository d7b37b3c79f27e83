package io.generalbots.operator.cluster.features;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.api.v1alpha1.cluster.Profile;
import io.generalbots.api.v1alpha1.cluster.ServiceMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which components a spec asks for: what their blocks say, and its profile where they are silent.
 * Components that every cluster has, such as Postgres, are not among them.
 */
public final class Features {

  private static final List<Feature> FEATURES =
      List.of(
          new Feature("qdrant", Profile.MINIMAL, s -> s.qdrant().enabled()),
          new Feature("seaweedfs", Profile.MINIMAL, s -> s.seaweedfs().enabled()),
          new Feature("gateway", Profile.MINIMAL, s -> s.gateway().enabled()),
          new Feature("botserver", Profile.MINIMAL, s -> s.botserver().enabled()),
          new Feature("directory", Profile.MINIMAL, s -> isOn(s.directory().mode())),
          new Feature("vault", Profile.RECOMMENDED, s -> isOn(s.vault().mode())),
          new Feature("observability", Profile.RECOMMENDED, s -> isOn(s.observability().mode())),
          new Feature("livekit", Profile.RECOMMENDED, s -> s.livekit().enabled()),
          new Feature("messaging", Profile.RECOMMENDED, s -> s.messaging().enabled()),
          new Feature("llm", Profile.FULL, s -> s.fallback().llm().enabled()));

  private Features() {}

  /** A mode that is said switches on or off; one left out leaves it to the profile. */
  private static @Nullable Boolean isOn(@Nullable ServiceMode mode) {
    return mode == null ? null : mode != ServiceMode.DISABLED;
  }

  /** A component, the profile that first has it, and the switch in its block. */
  private record Feature(
      String name, Profile since, Function<BotClusterSpec, @Nullable Boolean> enabled) {

    boolean isWished(BotClusterSpec spec) {
      return Optional.ofNullable(enabled.apply(spec)).orElse(spec.profile().compareTo(since) >= 0);
    }
  }

  /** Whether the spec asks for this component. */
  public static boolean isOn(BotCluster cluster, String component) {
    return FEATURES.stream()
        .filter(f -> f.name().equals(component))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no feature is called " + component))
        .isWished(cluster.getSpec());
  }

  /** All that the spec asks for, in the order in which they are told. */
  public static List<String> wished(BotCluster cluster) {
    return FEATURES.stream().filter(f -> f.isWished(cluster.getSpec())).map(Feature::name).toList();
  }
}
