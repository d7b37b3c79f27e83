package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.residents.Cells;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Optional;

/**
 * Lets through what Tenants of a BotCluster act by: its spec, and what of it runs. Of a Cell
 * everything: its Tenant tells how it is, and keeps it as it should be.
 */
final class ClusterTurn implements OnUpdateFilter<BotCluster> {

  private final UserChange spec = new UserChange();

  @Override
  public boolean accept(BotCluster changed, BotCluster former) {
    return spec.accept(changed, former)
        || !running(changed).equals(running(former))
        || (isCell(changed) && !seen(changed).equals(seen(former)));
  }

  private static boolean isCell(BotCluster cluster) {
    return Cells.tenant(cluster.getMetadata().getName()).isPresent();
  }

  private static List<Object> seen(BotCluster cluster) {
    return List.of(
        Objects.labels(cluster),
        cluster.getMetadata().getOwnerReferences(),
        Optional.ofNullable(cluster.getStatus()));
  }

  private static List<String> running(BotCluster cluster) {
    return Optional.ofNullable(cluster.getStatus()).stream()
        .flatMap(s -> s.components().stream())
        .filter(c -> c.ready() > 0)
        .map(ComponentStatus::name)
        .sorted()
        .toList();
  }
}
