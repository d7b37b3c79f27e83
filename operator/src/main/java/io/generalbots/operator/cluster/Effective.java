package io.generalbots.operator.cluster;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.EffectiveSettings;
import io.generalbots.operator.kernel.Settings;
import java.util.Map;
import java.util.TreeMap;

/** What the fields that a spec leaves open resolved to. */
final class Effective {

  private Effective() {}

  static EffectiveSettings settings(BotCluster cluster, Settings settings) {
    return new EffectiveSettings(Features.wished(cluster), images(cluster, settings), Map.of());
  }

  private static Map<String, String> images(BotCluster cluster, Settings settings) {
    var images = new TreeMap<String, String>();
    for (var component : Features.SERVED) {
      images.put(component, Images.of(cluster, component, settings));
    }
    return images;
  }
}
