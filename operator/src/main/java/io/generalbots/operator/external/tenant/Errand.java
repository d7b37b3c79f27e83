package io.generalbots.operator.external.tenant;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Why somebody goes to a server.
 *
 * @param subject what is looked at
 * @param enters whether the database that tenants share has to be looked at too, after the rest
 * @param change what follows from what is there
 */
record Errand(Subject subject, Predicate<Found> enters, Function<Found, Change> change) {

  /** To make what a Tenant has as it should be. */
  static Errand of(OpenDatabase step) {
    return new Errand(
        new Dwelling(step.tenant(), step.holder()),
        found -> step.room() == Room.SCHEMA,
        found -> Opening.of(step, found).change());
  }

  /** To close or remove what a Tenant has, wherever that is. */
  static Errand of(CloseDatabase step) {
    var dwelling = new Dwelling(step.tenant(), step.holder());
    return new Errand(
        dwelling,
        found -> !step.keepData() && SharedSchema.isOf(dwelling, found),
        found -> Closing.of(step, found).change());
  }

  /** To do something to a copy of a Tenant's database that is handed over. */
  static Errand handing(Dwelling dwelling, Function<Handing, Change> change) {
    return new Errand(
        dwelling, found -> false, found -> change.apply(new Handing(dwelling, found)));
  }

  /** To make the database that Tenants share, and who keeps it. */
  static Errand foundation(Credential keeper) {
    return new Errand(
        Foundation.SUBJECT, found -> false, found -> new Foundation(keeper, found).change());
  }
}
