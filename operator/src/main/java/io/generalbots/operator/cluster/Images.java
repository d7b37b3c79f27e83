package io.generalbots.operator.cluster;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.ImagesSpec;
import io.generalbots.operator.kernel.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which image a component runs: the one of the spec, or the operator's default. */
public final class Images {

  private static final Map<String, Function<ImagesSpec, @Nullable String>> FIELDS =
      Map.of(
          "postgres", ImagesSpec::postgres,
          "pooler", ImagesSpec::pooler,
          "valkey", ImagesSpec::valkey);

  private Images() {}

  /** The image of a component of this cluster. */
  public static String of(BotCluster cluster, String component, Settings settings) {
    return Optional.ofNullable(FIELDS.get(component))
        .map(field -> field.apply(cluster.getSpec().images()))
        .orElseGet(() -> settings.image(component));
  }
}
