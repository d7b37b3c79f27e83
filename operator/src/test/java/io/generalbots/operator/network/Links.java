package io.generalbots.operator.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All links there may be.
 *
 * @param all in the order of the table
 */
record Links(List<Link> all) {

  private static final Path TABLE = Path.of("src", "test", "network", "links.txt");

  /** The table that is checked in. */
  static Links written() {
    try {
      return new Links(
          Files.readAllLines(TABLE).stream()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Link::of)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those whose ends are there. */
  Links in(Scene scene) {
    return new Links(
        all.stream()
            .filter(link -> link.isThereIn(scene))
            .filter(link -> scene.has(link.from()) && scene.has(link.to()))
            .toList());
  }

  /** What a component lets out and in by them, a line for each other. */
  List<String> of(Actor component, Scene scene, Collection<Port> ports) {
    var from = all.stream().filter(link -> link.from().equals(component.name())).toList();
    var to = all.stream().filter(link -> link.to().equals(component.name())).toList();
    return new Lines(component, scene.everybody())
        .of(
            other -> open(from, link -> scene.means(link.to(), other), ports),
            other -> open(to, link -> scene.means(link.from(), other), ports));
  }

  private static Set<Port> open(List<Link> links, Predicate<Link> isMeant, Collection<Port> ports) {
    var meant = links.stream().filter(isMeant).toList();
    return ports.stream()
        .filter(port -> meant.stream().anyMatch(link -> link.isOn(port)))
        .collect(Collectors.toSet());
  }
}
