package io.generalbots.operator.cluster.config;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.seaweedfs.SeaweedFs;
import io.generalbots.operator.config.ConfigCsv;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import java.util.ArrayList;

/**
 * The settings in force, in the words of General Bots' config.csv: in a ConfigMap, and in the
 * object store where there is one of the cluster's own.
 */
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
    var text = ConfigCsv.of(cluster);
    var map =
        new ConfigMapBuilder().withMetadata(part(cluster).meta()).addToData(FILE, text).build();
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Managed(map));
    wishes.addAll(copy(cluster, facts).wishes(text));
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    var name = part(cluster).name();
    if (facts.find(ConfigMap.class, name).isEmpty()) {
      return Health.waiting("Publishing", "ConfigMap " + name + " is not there yet");
    }
    var beside =
        copy(cluster, facts).isWritten(ConfigCsv.of(cluster))
            ? " and in %s/%s".formatted(DriveCopy.BUCKET, DriveCopy.KEY)
            : "";
    return Health.ready("the settings in force are in ConfigMap " + name + beside);
  }

  private static DriveCopy copy(BotCluster cluster, Facts facts) {
    return new DriveCopy(part(cluster), facts, SeaweedFs.identity(cluster, facts));
  }

  private static Part part(BotCluster cluster) {
    return new Part(cluster.getMetadata().getName(), NAME);
  }
}
