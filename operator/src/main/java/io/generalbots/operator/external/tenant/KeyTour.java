package io.generalbots.operator.external.tenant;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Goes through all keys of a server for steps, as far as there is time in a turn, and remembers how
 * far it came.
 *
 * @param <S> the type of the steps
 */
final class KeyTour<S> {

  /** After which the rest is for the next time. */
  private static final Duration TURN = Duration.ofSeconds(3);

  private final Map<S, Place> places = new ConcurrentHashMap<>();

  /** Whether it has yet to begin at this server, in this life of it. */
  boolean isNew(S step, String server) {
    return place(step, server).isBeginning();
  }

  /** Goes on until all keys were looked at; unfinished when the turn is over before. */
  void goOn(S step, String server, Stage stage) {
    var turn = new Turn(TURN);
    var place = place(step, server);
    do {
      place = stage.some().apply(place);
      places.put(step, place);
      if (!place.isBeginning()) {
        turn.goOn(stage.what());
      }
    } while (!place.isBeginning());
    places.remove(step);
  }

  private Place place(S step, String server) {
    return places.getOrDefault(step, Place.beginning(server)).at(server);
  }

  /**
   * What is done on the way.
   *
   * @param what it is called
   * @param some looks at some keys from a place on, and says where to go on
   */
  record Stage(String what, UnaryOperator<Place> some) {}
}
