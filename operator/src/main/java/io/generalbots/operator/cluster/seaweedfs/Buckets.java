package io.generalbots.operator.cluster.seaweedfs;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import java.util.ArrayList;
import java.util.List;

/** Which buckets a cluster has from the start; bots make others themselves. */
final class Buckets {

  private Buckets() {}

  /** All of them, the bot servers' own first. */
  static List<Bucket> of(BotCluster cluster) {
    var buckets = new ArrayList<Bucket>();
    buckets.add(Bucket.DEFAULT);
    if (records(cluster)) {
      buckets.add(new Bucket(cluster.getSpec().livekit().recording().bucket(), Bucket.RECORDERS));
    }
    var worker = cluster.getSpec().media().gstreamer();
    if (worker.enabled()) {
      buckets.add(new Bucket(worker.bucket(), "gstreamer"));
    }
    return List.copyOf(buckets);
  }

  /** A LiveKit elsewhere has recorders of its own. */
  private static boolean records(BotCluster cluster) {
    var livekit = cluster.getSpec().livekit();
    return Features.isOn(cluster, "livekit")
        && livekit.external() == null
        && livekit.recording().enabled();
  }
}
