package io.generalbots.operator.cluster.botserver;

import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bot servers, whosever they are: what they consist of and how they are.
 *
 * @param site whose they are, and what is wished
 * @param facts what is
 */
public record BotServers(Site site, Facts facts) {

  public static final String COMPONENT = Names.COMPONENT;

  /** The key of the Secret that all replicas must share. */
  public static final String SIGNING_KEY = Names.JWT_SECRET;

  /**
   * All that they consist of. One that exists goes on as it is while something is in the way,
   * unless it is to sleep.
   *
   * @param open whether nothing is in the way of starting or changing them
   */
  public List<Wish> wishes(boolean open) {
    var wishes = surroundings();
    wishes.addAll(new Stages(situation()).wishes());
    deployment(open).ifPresent(wishes::add);
    return wishes;
  }

  /** Whether no user may set a variable: a spec with it is refused. */
  public static boolean isReserved(String variable) {
    return Environment.RESERVED.contains(variable);
  }

  /** Whether there are any, whatever they do. */
  public boolean exist() {
    return situation().deployment().isPresent();
  }

  /** What stays of a part where there are to be none: volumes, for nothing removes one. */
  public static Plan none(Part part, Facts facts, boolean retains) {
    var kept = WorkVolume.kept(part, facts, retains);
    return kept.isEmpty() ? new Plan.Absent() : new Plan.Apply(kept);
  }

  /** How they are, when this is in the way. */
  public Health health(Optional<Obstacle> obstacle) {
    return new BotServerHealth(situation(), obstacle).health();
  }

  Situation situation() {
    return new Situation(site, facts);
  }

  /** What starts nothing, and may be there before anything else. */
  private List<Wish> surroundings() {
    var part = site.part();
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Managed(Access.serviceAccount(part)));
    wishes.add(new Wish.Managed(Scripts.configMap(part)));
    new Network(situation()).objects().forEach(o -> wishes.add(new Wish.Managed(o)));
    wishes.addAll(new WorkVolume(situation()).wishes());
    return wishes;
  }

  private Optional<Wish> deployment(boolean open) {
    var deployment = new ServerDeployment(situation());
    var exists = situation().deployment().isPresent();
    if (open || (exists && situation().sleeps())) {
      return Optional.of(deployment.wished());
    }
    return exists ? Optional.of(deployment.kept()) : Optional.empty();
  }
}
