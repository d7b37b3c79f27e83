package io.generalbots.operator.external.qdrant;

import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Step;
import java.util.List;
import java.util.Set;

/**
 * Brings the peers and collections of a cluster's Qdrant in line: every shard on peers that stay,
 * in as many copies as wished, and no other peer left in the cluster.
 *
 * @param cluster the name of the BotCluster
 * @param site how its servers are asked
 * @param peers who is to be in the cluster
 * @param collections what every collection should have
 */
public record Tending(String cluster, Site site, Peers peers, Collections collections)
    implements Step {

  /** How servers are asked: {@code http} or {@code https}, and the port of REST. */
  public record Site(String scheme, int port) {

    boolean isSecured() {
      return "https".equals(scheme);
    }
  }

  /**
   * Who is to be in the cluster.
   *
   * @param count how many: those of the lowest numbers
   * @param newcomers the numbers of those that the cluster keeps out, since it knows another peer
   *     of their address; the volume of that one is gone
   */
  public record Peers(int count, Set<Integer> newcomers) {
    public Peers {
      newcomers = Set.copyOf(newcomers);
    }
  }

  /**
   * What every collection should have at least.
   *
   * @param copies copies of every shard
   * @param textIndexes payload fields with a full-text index
   */
  public record Collections(int copies, List<String> textIndexes) {
    public Collections {
      textIndexes = List.copyOf(textIndexes);
    }
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "CollectionsTended",
        "every shard is on the first %d peers of Qdrant, in %d copies where there are as many"
            .formatted(peers.count(), collections.copies()));
  }
}
