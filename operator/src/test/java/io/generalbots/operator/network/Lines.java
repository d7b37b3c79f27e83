package io.generalbots.operator.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a component lets out and in, in words.
 *
 * @param component whose pods they are
 * @param others who connects or is connected to
 */
record Lines(Actor component, List<Actor> others) {

  /** A line for each other and direction with an open port. */
  List<String> of(Function<Actor, Set<Port>> out, Function<Actor, Set<Port>> in) {
    var lines = new ArrayList<String>();
    for (var other : others) {
      add(lines, " lets out to " + other.name(), out.apply(other));
      add(lines, " lets in " + other.name(), in.apply(other));
    }
    return lines;
  }

  private void add(List<String> lines, String other, Set<Port> ports) {
    if (!ports.isEmpty()) {
      lines.add(component.name() + other + " on " + new TreeSet<>(ports));
    }
  }
}
