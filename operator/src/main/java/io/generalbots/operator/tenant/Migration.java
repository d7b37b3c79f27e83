package io.generalbots.operator.tenant;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.external.move.Phase;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.residents.Carriers;
import io.generalbots.operator.residents.Shelter;
import io.generalbots.operator.tenant.move.Move;
import io.generalbots.operator.tenant.place.Lodging;
import io.generalbots.operator.tenant.place.Relocation;
import io.generalbots.operator.tenant.place.Residence;
import java.util.Optional;

/**
 * What is told of the shard that a Tenant's database is on, and of its way to another.
 *
 * @param lodging where it is
 * @param isChosen whether a policy chooses
 * @param underway what is being done about a move, in words
 * @param failure what went wrong with it
 * @param refusal why it is not done, where nothing but an edit helps
 */
record Migration(
    Lodging lodging,
    boolean isChosen,
    Optional<String> underway,
    Optional<String> failure,
    Optional<String> refusal) {

  private static final String TYPE = "Migrating";

  static Migration of(Residence residence, Tenant tenant, Facts home, Outcome outcome) {
    var result = outcome.of(Carriers.MOVE);
    return new Migration(
        residence.lodging(tenant, home),
        residence.near().chooser().isPresent(),
        result.underway(),
        result.failure().map(e -> String.valueOf(e.getMessage())),
        Move.refusal(residence, tenant, home));
  }

  /** Where there are no shards there is nothing to say. */
  boolean isTold() {
    return isChosen || !lodging.isHome() || lodging.relocation().isPresent();
  }

  String shard() {
    return lodging.server();
  }

  Condition condition() {
    return lodging
        .relocation()
        .map(this::moving)
        .or(() -> lodging.wanted().map(to -> about(to)))
        .or(() -> refused().map(why -> Conditions.of(TYPE, false, "Stays", why)))
        .orElseGet(
            () ->
                Conditions.of(
                    TYPE, false, "Settled", "its database is on shard " + lodging.server()));
  }

  private static Condition about(String to) {
    return Conditions.of(TYPE, true, Phase.PENDING.word(), "it is about to move to shard " + to);
  }

  private Condition moving(Relocation move) {
    var way = "from %s to %s".formatted(move.from(), move.to());
    if (move.moved().isPresent()) {
      return Conditions.of(
          TYPE,
          true,
          Phase.SOAKING_OLD.word(),
          "it has moved %s; the former copy is kept for a while".formatted(way));
    }
    if (refusal.isPresent()) {
      return refused(way, refusal.get(), move);
    }
    var phase = underway.flatMap(Phase::of).orElse(Phase.PENDING);
    return Conditions.of(
        TYPE, true, phase.word(), "%s: %s".formatted(way, failure.or(() -> underway).orElse("")));
  }

  private static Condition refused(String way, String why, Relocation move) {
    return Conditions.of(
        TYPE,
        false,
        "MoveRefused",
        "%s: %s. Mend that and delete its Job, or set placement.shard to %s"
            .formatted(way, why, move.from()));
  }

  private Optional<String> refused() {
    return lodging.chosen().map(Shelter::message).filter(why -> !why.isEmpty());
  }
}
