package io.generalbots.operator.cluster.qdrant;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Qdrant: peers that hold collections together, none of which goes before it is empty. */
public final class Qdrant implements Component<BotCluster> {

  @Override
  public String name() {
    return Names.COMPONENT;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    if (!Features.isOn(cluster, Names.COMPONENT)) {
      return new Plan.Absent();
    }
    var situation = new Situation(cluster, facts);
    if (situation.spec().external() != null) {
      return new Elsewhere(situation).plan();
    }
    return new Encryption(situation).isAny() && situation.certificate().isEmpty()
        ? new Plan.Hold("the certificate of the servers is not issued yet")
        : new Plan.Apply(wishes(situation));
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    if (!Features.isOn(cluster, Names.COMPONENT)) {
      return Health.disabled();
    }
    var situation = new Situation(cluster, facts);
    return situation.spec().external() != null
        ? new Elsewhere(situation).health()
        : QdrantHealth.of(situation);
  }

  /** The users' Secrets that the spec names. */
  public static Set<String> secrets(BotCluster cluster) {
    return Elsewhere.secrets(cluster);
  }

  /** First what is, then what may only be once the step is done: a step that is not ends here. */
  private static List<Wish> wishes(Situation situation) {
    var course = new Course(situation);
    var part = situation.part();
    var wishes = new ArrayList<Wish>();
    Network.objects(situation).forEach(o -> wishes.add(new Wish.Managed(o)));
    wishes.add(new Wish.Managed(Access.serviceAccount(part)));
    wishes.add(new Wish.Managed(Budgets.oneAtATime(part.meta(), part.selector())));
    wishes.add(new Connection(situation).wish());
    wishes.add(new Wish.Managed(Files.configMap(situation, Tended.last(situation))));
    wishes.addAll(ServerSet.wishes(situation, course.replicas(), course.isRetiring()));
    wishes.addAll(Roles.wishes(situation));
    course.step().ifPresent(step -> wishes.addAll(after(new Wish.External(step), course)));
    return wishes;
  }

  private static List<Wish> after(Wish step, Course course) {
    var situation = course.situation();
    var wishes = new ArrayList<>(List.of(step));
    if (course.stay() < situation.current()) {
      wishes.addAll(ServerSet.wishes(situation, course.stay(), true));
    } else {
      wishes.add(new Wish.Managed(Files.configMap(situation, Tended.now(situation))));
    }
    return wishes;
  }
}
