package io.generalbots.operator.external.qdrant;

import java.util.List;

/**
 * What comes of a look.
 *
 * @param actions what is to be asked for now
 * @param waiting what is waited for, or in the way, as sentences
 */
record Verdict(List<Action> actions, List<String> waiting) {

  Verdict {
    actions = List.copyOf(actions);
    waiting = List.copyOf(waiting);
  }

  static Verdict waiting(String what) {
    return new Verdict(List.of(), List.of(what));
  }

  /** Whether nothing is left to be done. */
  boolean isDone() {
    return actions.isEmpty() && waiting.isEmpty();
  }
}
