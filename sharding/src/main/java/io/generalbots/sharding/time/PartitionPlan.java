package io.generalbots.sharding.time;

import java.util.List;

/** What has to become of a table. */
public sealed interface PartitionPlan {

  /** It is not there yet. */
  record Awaited() implements PartitionPlan {}

  /** It cannot be partitioned, for this reason. */
  record Refused(String reason) implements PartitionPlan {}

  /**
   * What is to be done next, in order; nothing when all is as it should be. Of a plain table it is
   * one step at a time, and the next look tells of the one after it.
   */
  record Next(List<Deed> deeds) implements PartitionPlan {
    public Next {
      deeds = List.copyOf(deeds);
    }
  }
}
