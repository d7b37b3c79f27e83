package io.generalbots.operator.tenant.move;

import io.generalbots.operator.external.move.HandOver;
import io.generalbots.operator.external.tenant.CloseDatabase;
import io.generalbots.operator.external.tenant.Copy;
import io.generalbots.operator.external.tenant.RemoveDatabase;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.place.Relocation;
import io.generalbots.operator.tenant.place.Residence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of a move, and what is done to its two copies.
 *
 * @param residence where the Tenant lives
 * @param ring its logins
 * @param relocation from where to where
 */
record Carriage(Residence residence, Keyring ring, Relocation relocation) {

  private static final String CA = "ca.crt";

  /** How far it is known to be. */
  Wish memory() {
    return remembered(relocation);
  }

  /** That it is handed over. */
  Wish moved() {
    return remembered(relocation.movedAt(ring.facts().now()));
  }

  /** That it is not to be. */
  Wish givenUp() {
    return remembered(relocation.givenUp());
  }

  /** It is looked how far it is, by one who knows whether what carries it has ended. */
  Wish handOver(boolean isEnded) {
    return new Wish.External(step(isEnded, false));
  }

  Wish giveUp() {
    return new Wish.External(step(false, true));
  }

  /** The copy that nobody uses any more goes; one that is open again is not such a one. */
  List<Wish> withoutFormer() {
    return without(relocation.from(), true);
  }

  /** What came of a move that was given up goes. */
  List<Wish> withoutNew() {
    return without(relocation.to(), false);
  }

  /** On the BotCluster's own server the logins stay: poolers know them from there. */
  private List<Wish> without(String server, boolean isHandedOver) {
    var copy = copy(server);
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.External(new RemoveDatabase(copy, isHandedOver)));
    if (!server.equals(residence.name())) {
      wishes.add(
          new Wish.External(
              new CloseDatabase(server, copy.namespace(), copy.tenant(), copy.holder(), false)));
    }
    return wishes;
  }

  private HandOver step(boolean isEnded, boolean isGivenUp) {
    return new HandOver(
        relocation.id(),
        residence.name(),
        copy(relocation.from()),
        copy(relocation.to()),
        ring.mover(),
        isEnded,
        isGivenUp);
  }

  private Copy copy(String server) {
    var meta = ring.tenant().getMetadata();
    return new Copy(server, residence.namespace(), meta.getName(), meta.getUid());
  }

  private Wish remembered(Relocation known) {
    var login = ring.mover();
    var keys = Map.of("username", login.name(), "password", login.password(), CA, authority());
    return new Wish.Managed(known.secret(ring.tenant(), keys));
  }

  /** Shards have the authority of their BotCluster. */
  private String authority() {
    return residence
        .near()
        .secret(residence.name() + "-server")
        .map(server -> Secrets.text(server, CA))
        .orElse("");
  }
}
