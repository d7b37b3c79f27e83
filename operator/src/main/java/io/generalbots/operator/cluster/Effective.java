package io.generalbots.operator.cluster;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.EffectiveSettings;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the fields that a spec leaves open resolved to. */
final class Effective {

  private Effective() {}

  /** Beside what is served and switched on stands what the spec asks for and nobody serves yet. */
  static EffectiveSettings settings(
      BotCluster cluster, Map<String, Health> healths, Settings settings) {
    var served = served(healths, settings);
    var all = Stream.concat(served.stream(), unserved(cluster, healths)).toList();
    return new EffectiveSettings(all, images(cluster, served, settings), fallbacks(cluster));
  }

  private static List<String> served(Map<String, Health> healths, Settings settings) {
    return healths.entrySet().stream()
        .filter(e -> !Health.disabled().equals(e.getValue()))
        .map(Map.Entry::getKey)
        .filter(component -> Image.isRunBy(component, settings))
        .toList();
  }

  private static Stream<String> unserved(BotCluster cluster, Map<String, Health> healths) {
    return Features.wished(cluster).stream().filter(name -> !healths.containsKey(name));
  }

  /** What stands in for a component that the spec switches off. */
  private static Map<String, String> fallbacks(BotCluster cluster) {
    var fallback = cluster.getSpec().fallback().vectordb();
    return Features.isOn(cluster, "qdrant") || !fallback.enabled()
        ? Map.of()
        : Map.of("spec.fallback.vectordb.mode", "KeywordSearch");
  }

  private static Map<String, String> images(
      BotCluster cluster, List<String> components, Settings settings) {
    var images = new TreeMap<String, String>();
    components.forEach(c -> images.put(c, Image.of(cluster, c, settings).name()));
    return images;
  }
}
