package io.generalbots.operator.golden;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a round tells those who may not read Secrets: objects, status, events, reasons, steps. */
final class Telling {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private Telling() {}

  static List<String> of(BotCluster cluster, List<HasMetadata> objects, Facts facts) {
    var status = ClusterBlueprint.status(cluster, facts, new Outcome(Map.of()));
    var news = ClusterBlueprint.news(cluster, status, new Outcome(Map.of()));
    var plans = ClusterBlueprint.plan(cluster, facts).values();
    return Stream.of(
            objects.stream().map(Telling::shown),
            Stream.of(JSON.asJson(status), news.toString(), facts.toString()),
            Stream.of(facts.surroundings().toString()),
            of(plans).stream())
        .flatMap(texts -> texts)
        .toList();
  }

  /** What plans tell by themselves. */
  static List<String> of(Collection<Plan> plans) {
    return Stream.concat(plans.stream().map(Plan::toString), plans.stream().flatMap(Telling::plan))
        .toList();
  }

  /** Of a Secret, what lists and describes of it show: its name, labels and annotations. */
  static String shown(HasMetadata object) {
    return JSON.asJson(object instanceof Secret ? object.getMetadata() : object);
  }

  private static Stream<String> plan(Plan plan) {
    if (plan instanceof Plan.Apply apply) {
      return apply.wishes().stream().flatMap(Telling::wish);
    } else if (plan instanceof Plan.Hold hold) {
      return Stream.of(hold.reason());
    }
    return plan instanceof Plan.Failed failed
        ? Stream.of(String.valueOf(failed.cause()))
        : Stream.empty();
  }

  private static Stream<String> wish(Wish wish) {
    if (wish instanceof Wish.External external) {
      return Stream.of(external.step().toString());
    } else if (wish instanceof Wish.Remove remove) {
      return Stream.of(remove.decision().toString());
    } else if (wish instanceof Wish.Managed managed) {
      return Stream.of(shown(managed.object()));
    } else if (wish instanceof Wish.Kept kept) {
      return Stream.of(shown(kept.object()));
    } else if (wish instanceof Wish.Amend amend) {
      return Stream.of(shown(amend.object()));
    }
    return wish instanceof Wish.Once once ? Stream.of(shown(once.object())) : Stream.empty();
  }
}
