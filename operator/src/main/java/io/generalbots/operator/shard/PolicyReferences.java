package io.generalbots.operator.shard;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.kernel.Kind;
import io.generalbots.operator.kernel.References;
import io.generalbots.operator.shard.geo.DnsEndpoint;
import io.generalbots.operator.shard.geo.DnsExport;
import java.util.Set;

/**
 * What a ShardPolicy points to outside of its own objects.
 *
 * @param externalDns whether the operator may write for external-dns
 */
public record PolicyReferences(boolean externalDns) implements References<ShardPolicy> {

  @Override
  public Set<String> secrets(ShardPolicy policy) {
    return Set.of();
  }

  @Override
  public Set<Kind> kinds(ShardPolicy policy) {
    return DnsExport.isAsked(CompletePolicy.of(policy)) ? allKinds() : Set.of();
  }

  @Override
  public Set<Kind> allKinds() {
    return externalDns ? Set.of(DnsEndpoint.KIND) : Set.of();
  }
}
