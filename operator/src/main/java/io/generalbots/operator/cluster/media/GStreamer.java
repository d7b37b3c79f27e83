package io.generalbots.operator.cluster.media;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** GStreamer: workers that play the pipeline of the spec. */
public final class GStreamer implements Component<BotCluster> {

  private final Component<BotCluster> store;

  /**
   * Workers that hand on what they write.
   *
   * @param store what has to serve before the first one starts
   */
  public GStreamer(Component<BotCluster> store) {
    this.store = store;
  }

  @Override
  public String name() {
    return Names.COMPONENT;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    var situation = new Situation(cluster, facts);
    if (!situation.spec().enabled()) {
      return new Plan.Absent();
    }
    try {
      return plan(situation, Pipeline.of(situation.pipeline()));
    } catch (Malformed e) {
      return new Plan.Hold(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    var situation = new Situation(cluster, facts);
    return situation.spec().enabled()
        ? new WorkersHealth(situation, store).health()
        : Health.disabled();
  }

  private Plan plan(Situation situation, Pipeline pipeline) {
    var wishes = new ArrayList<Wish>();
    surroundings(situation, pipeline).forEach(o -> wishes.add(new Wish.Managed(o)));
    if (situation.hasBegun() || new WorkersHealth(situation, store).storeServes()) {
      situation
          .numbers()
          .mapToObj(number -> new Worker(situation, number).deployment(pipeline))
          .forEach(deployment -> wishes.add(new Wish.Managed(deployment)));
    }
    return new Plan.Apply(wishes);
  }

  /** What starts nothing, and may be there before the store is. */
  private static List<HasMetadata> surroundings(Situation situation, Pipeline pipeline) {
    var part = situation.part();
    return List.of(
        Access.serviceAccount(part),
        script(situation),
        new Network(situation, pipeline).policy(),
        Budgets.oneAtATime(part.meta(), part.selector()));
  }

  private static ConfigMap script(Situation situation) {
    var text = Resources.text(Names.COMPONENT + "/" + Names.SCRIPT);
    return new ConfigMapBuilder()
        .withMetadata(situation.part().meta())
        .withData(Map.of(Names.SCRIPT, text))
        .build();
  }
}
