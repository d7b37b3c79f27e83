package io.generalbots.operator.shard.hash;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.external.spread.Shard;
import io.generalbots.operator.kernel.Objection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where the shards of a policy are. The first is the BotCluster's own database, where the rows came
 * from; others are databases beside it, or BotClusters that have nothing but a PostgreSQL.
 *
 * @param policy whose shards
 */
public record Layout(ShardPolicy policy) {

  /** The database of the bot servers, on every BotCluster. */
  private static final String DATABASE = "botserver";

  /** With it, every object of a shard still has a name that Kubernetes and PostgreSQL take. */
  private static final int LONGEST = 30;

  private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  /** The shards of these numbers, from 0. */
  public List<Shard> places(int count) {
    return IntStream.range(0, count).mapToObj(this::place).toList();
  }

  /** Whether each shard but the first is a BotCluster. */
  boolean isDedicated() {
    return policy.getSpec().shards().dedicated();
  }

  /** What a shard is called: {@code by-user-2}. */
  String name(int number) {
    return policy.getMetadata().getName() + "-" + number;
  }

  /** Shards are called like their policy, and not every name of a policy can be that of a shard. */
  public Optional<Objection> objection() {
    var name = policy.getMetadata().getName();
    return Optional.of(
            Objection.untilEdited(
                "NameNotUsable",
                "its shards are called like it: create it with a name of at most %d letters, digits and dashes that begins with a letter"
                    .formatted(LONGEST)))
        .filter(o -> name.length() > LONGEST || !LABEL.matcher(name).matches());
  }

  private Shard place(int number) {
    var cluster = policy.getSpec().clusterRef().name();
    if (number == 0) {
      return new Shard(0, cluster, DATABASE);
    }
    return isDedicated()
        ? new Shard(number, name(number), DATABASE)
        : new Shard(number, cluster, "shard_" + name(number).replace('-', '_'));
  }
}
