package io.generalbots.operator.tenant.cell;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.residents.Cells;
import java.util.List;
import java.util.Map;

/**
 * The end of a Cell: Kubernetes collects it with its Tenant, and what becomes of the data is for
 * the BotCluster to know before that.
 *
 * @param tenant that goes
 * @param home what is known of its own namespace
 */
public record CellEnd(Tenant tenant, Facts home) {

  /** What remains are listed with: nothing is left in any store of the BotCluster. */
  public static final List<String> STORES = List.of(Cell.COMPONENT);

  /** The way in goes, and the policy is what the Tenant says last. */
  public Map<String, Plan> plans() {
    return cell()
        .goingBy(policy())
        .map(wish -> Map.<String, Plan>of(Cell.COMPONENT, Plan.apply(wish)))
        .orElse(Map.of());
  }

  /** Whether the volumes go by that policy yet; those of a Cell that is gone do. */
  public boolean isDone() {
    return cell().live().stream().allMatch(c -> new CellState(c).goesBy(policy()));
  }

  /** What people are told of what is kept. */
  public String words() {
    return "the volumes and passwords of its Cell %s stay in this namespace until somebody removes them; a"
            .formatted(Cells.name(tenant.getMetadata().getName()))
        + " Tenant of the same name in this namespace gets them with isolation Cell and spec.adopt";
  }

  private ReclaimPolicy policy() {
    return tenant.getSpec().reclaimPolicy();
  }

  private Cell cell() {
    return new Cell(tenant, home);
  }
}
