package io.generalbots.operator.cluster.livekit;

import java.util.Optional;

/**
 * What has to be there before the servers can be told anything.
 *
 * @param reason CamelCase, for machines
 * @param message a sentence, for people
 */
record Obstacle(String reason, String message) {

  static Optional<Obstacle> of(Situation situation) {
    if (Bus.isThere(situation.cluster()) && Bus.of(situation).isEmpty()) {
      return Optional.of(
          new Obstacle(
              Reasons.WAITING_FOR_VALKEY,
              "waits for the Secret " + Bus.servers(situation).name() + " of Valkey, its bus"));
    }
    return Turn.missing(situation)
        .map(
            name ->
                new Obstacle(
                    Reasons.SECRET_MISSING,
                    "Secret %s with the certificate of TURN does not exist: create it in this namespace"
                        .formatted(name)));
  }
}
