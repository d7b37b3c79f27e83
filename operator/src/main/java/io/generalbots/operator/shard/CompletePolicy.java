package io.generalbots.operator.shard;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.schema.Completed;
import io.generalbots.api.v1alpha1.shard.ShardPolicySpec;

/** A ShardPolicy as the operator reads it: the definition installed may know less than it does. */
public final class CompletePolicy {

  private CompletePolicy() {}

  /** The same with every default; what was read stays as it is. */
  public static ShardPolicy of(ShardPolicy read) {
    var policy = new ShardPolicy();
    policy.setMetadata(read.getMetadata());
    policy.setSpec(Completed.of(ShardPolicySpec.class, read.getSpec()));
    policy.setStatus(read.getStatus());
    return policy;
  }
}
