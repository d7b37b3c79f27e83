package io.generalbots.operator.cluster.config;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.config.ConfigCsv;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;

/** A ConfigMap with the settings in force, in the words of General Bots' config.csv. */
public final class PublishedConfig implements Component<BotCluster> {

  /** The key of the ConfigMap, which is the name of the file. */
  public static final String FILE = "config.csv";

  private static final String NAME = "config";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    var map =
        new ConfigMapBuilder()
            .withMetadata(part(cluster).meta())
            .addToData(FILE, ConfigCsv.of(cluster))
            .build();
    return Plan.apply(new Wish.Managed(map));
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    var name = part(cluster).name();
    return facts.find(ConfigMap.class, name).isPresent()
        ? Health.ready("the settings in force are in ConfigMap " + name)
        : Health.waiting("Publishing", "ConfigMap " + name + " is not there yet");
  }

  private static Part part(BotCluster cluster) {
    return new Part(cluster.getMetadata().getName(), NAME);
  }
}
