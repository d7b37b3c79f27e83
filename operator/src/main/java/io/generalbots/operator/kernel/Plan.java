package io.generalbots.operator.kernel;

import java.util.List;

/** What a component wants done in this round. */
public sealed interface Plan {

  /** These wishes hold, and nothing else that carries the component's label. */
  record Apply(List<Wish> wishes) implements Plan {
    public Apply {
      wishes = List.copyOf(wishes);
    }
  }

  /** The component is switched off: what carries its label goes. */
  record Absent() implements Plan {}

  /** Not yet: touch nothing. Waiting is never the same as not wanting. */
  record Hold(String reason) implements Plan {}

  /** The component could not say what it wants: a fault of ours. Nothing is touched. */
  record Failed(RuntimeException cause) implements Plan {}

  /** The plan that holds exactly these wishes. */
  static Plan apply(Wish... wishes) {
    return new Apply(List.of(wishes));
  }
}
