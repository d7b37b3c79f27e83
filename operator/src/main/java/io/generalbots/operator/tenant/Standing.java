package io.generalbots.operator.tenant;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.residents.Shelter;
import io.generalbots.operator.tenant.cell.Cell;
import io.generalbots.operator.tenant.place.Admission;
import io.generalbots.operator.tenant.place.Claims;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.generalbots.operator.tenant.place.Residence;
import java.util.List;
import java.util.Optional;

/**
 * Where a Tenant stands: in its place, or before what keeps it from one.
 *
 * @param residence its place; empty if it has none
 * @param objections what stands against all or a part of what it asks for
 */
record Standing(Optional<Residence> residence, List<Objection> objections) {

  Standing {
    objections = List.copyOf(objections);
  }

  static Standing of(Tenant tenant, Facts home, Neighbourhood near) {
    return new Admission(near.cluster())
        .objection(tenant)
        .or(() -> moved(tenant, near))
        .or(() -> retained(tenant, near))
        .or(() -> wasThere(tenant, home, near))
        .or(() -> unplaced(tenant, near))
        .map(objection -> new Standing(Optional.empty(), List.of(objection)))
        .or(() -> near.cluster().map(cluster -> among(tenant, near, cluster)))
        .orElseThrow();
  }

  /** What a Tenant before it left is nobody's who does not ask for it, where it is. */
  private static Optional<Objection> retained(Tenant tenant, Neighbourhood near) {
    return near.remains(tenant)
        .filter(r -> !r.uid().equals(tenant.getMetadata().getUid()))
        .map(Remains::registration)
        .filter(r -> !tenant.getSpec().adopt() || isolation(r) != Admission.isolation(tenant))
        .map(
            r ->
                kept(
                    "data of a Tenant of this name that was deleted is kept: set spec.adopt to"
                        + " take it over%s, or choose another name"
                            .formatted(with(tenant, isolation(r)))));
  }

  private static Isolation isolation(Registration told) {
    return told.cell() ? Isolation.CELL : told.schema() ? Isolation.SCHEMA : Isolation.DATABASE;
  }

  /** What it has to ask for beside; nothing where that is what it gets anyway. */
  private static String with(Tenant tenant, Isolation kept) {
    return switch (kept) {
      case CELL -> " with isolation Cell";
      case SCHEMA -> " with isolation Schema";
      case DATABASE ->
          Admission.isolation(tenant) == Isolation.DATABASE ? "" : " with isolation Database";
    };
  }

  /** Its data is where it is. */
  private static Optional<Objection> moved(Tenant tenant, Neighbourhood near) {
    return near.told(tenant)
        .filter(r -> isolation(r) != Admission.isolation(tenant))
        .map(
            r ->
                new Objection(
                    "IsolationChanged",
                    "isolation cannot change and all stays as it is: create another Tenant, and"
                        + " move the data",
                    false));
  }

  /** Of a Cell that nobody wrote down, as of one whose BotCluster was another. */
  private static Optional<Objection> wasThere(Tenant tenant, Facts home, Neighbourhood near) {
    var isNew = !tenant.getSpec().adopt() && near.told(tenant).isEmpty();
    return Optional.of(new Cell(tenant, home))
        .filter(cell -> Admission.wantsCell(tenant) && isNew && cell.wasThere())
        .map(
            cell ->
                kept(
                    "data of a Cell of this name is kept in this namespace: set spec.adopt to take"
                        + " it over, or choose another name"));
  }

  /** Where a policy chooses, nobody who is new goes anywhere before it has. */
  private static Optional<Objection> unplaced(Tenant tenant, Neighbourhood near) {
    var isThere = near.told(tenant).isPresent() || near.remains(tenant).isPresent();
    var isChosen = near.shelter(tenant).filter(s -> !s.shard().isEmpty()).isPresent();
    return near.chooser()
        .filter(policy -> Admission.isolation(tenant) == Isolation.DATABASE)
        .filter(policy -> !isThere && !isChosen)
        .map(policy -> Objection.forNow("ShardPending", waiting(tenant, near, policy)));
  }

  private static String waiting(Tenant tenant, Neighbourhood near, String policy) {
    return near.shelter(tenant)
        .map(Shelter::message)
        .filter(why -> !why.isEmpty())
        .map(why -> "it has no shard yet: " + why)
        .orElse("ShardPolicy %s has yet to choose its shard".formatted(policy));
  }

  private static Objection kept(String message) {
    return new Objection("DataRetained", message, false);
  }

  private static Standing among(Tenant tenant, Neighbourhood near, BotCluster cluster) {
    var verdict = Claims.on(cluster, near).of(tenant);
    var residence = Optional.of(new Residence(cluster, near, verdict)).filter(r -> verdict.named());
    return new Standing(residence, verdict.objections());
  }

  /** What only an edit can mend, all of it in one sentence. */
  Optional<Objection> stalled() {
    return objections.stream()
        .filter(o -> !o.waits())
        .reduce(
            (one, next) ->
                new Objection(one.reason(), one.message() + "; " + next.message(), false));
  }

  /** What has to come about elsewhere first. */
  Optional<Objection> waiting() {
    return objections.stream().filter(Objection::waits).findFirst();
  }
}
