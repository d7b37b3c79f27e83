package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;

/**
 * The end of a copy of a Tenant's database that is not the one in use: its roles stay.
 *
 * @param copy which one
 * @param handedOver whether it is the former copy, which nobody can have written to since it was
 *     handed over; one that is open is then left alone
 */
public record RemoveDatabase(Copy copy, boolean handedOver) implements ServerStep {

  @Override
  public String server() {
    return Servers.ofDatabases(copy.cluster(), copy.namespace());
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "CopyRemoved",
        "the copy of the database of %s on %s is removed".formatted(copy.tenant(), copy.cluster()));
  }
}
