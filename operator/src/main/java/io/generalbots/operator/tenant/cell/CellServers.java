package io.generalbots.operator.tenant.cell;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.tenant.place.Residence;
import java.util.ArrayList;

/**
 * The servers of a Cell: its BotCluster, and the way to them for the gateway of the BotCluster that
 * the Tenant is on. That is open beside the policies of the Cell, which knows of no gateway.
 *
 * @param residence where the Tenant lives
 */
public record CellServers(Residence residence) implements Component<Tenant> {

  private static final int BOT_SERVER = 8080;
  private static final int MEETINGS = 7880;

  @Override
  public String name() {
    return Cell.COMPONENT;
  }

  @Override
  public Plan plan(Tenant tenant, Facts facts) {
    var cell = new Cell(tenant, facts);
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Managed(cell.wished(residence)));
    wishes.add(new Wish.Managed(opened(cell, "bots", cell.part("botserver"), BOT_SERVER)));
    if (Cell.has(CellStore.ROOMS, residence)) {
      var servers = cell.part(CellStore.ROOMS.component());
      wishes.add(new Wish.Managed(opened(cell, "rooms", servers, MEETINGS)));
    }
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(Tenant tenant, Facts facts) {
    if (residence.cluster().getSpec().hibernate() && !tenant.getSpec().suspend()) {
      return Health.waiting(
          "StoreNotReady",
          "BotCluster %s is asleep, and the Cell with it".formatted(residence.name()));
    }
    return new Cell(tenant, facts)
        .live()
        .map(cell -> new CellState(cell).whole())
        .orElseGet(() -> Health.waiting("Provisioning", "its Cell is being made"));
  }

  private NetworkPolicy opened(Cell cell, String suffix, Part servers, int port) {
    var gateway = new Part(residence.name(), "gateway").selector();
    var rule = Policies.from(Policies.pods(residence.namespace(), gateway), port);
    return Policies.opened(cell.part().meta(suffix), servers, rule);
  }
}
