package io.generalbots.operator.network;

import io.generalbots.operator.golden.Case;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

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
  List<Link> in(Case given, Scene scene) {
    return all.stream()
        .filter(link -> link.isThereIn(given))
        .filter(link -> scene.whoIs(link.from()).findAny().isPresent())
        .filter(link -> scene.whoIs(link.to()).findAny().isPresent())
        .toList();
  }

  /** What components let out and in by these links, a line for each two and a port. */
  static SortedSet<String> allowed(List<Link> links, Scene scene) {
    var lines = new TreeSet<String>();
    for (var link : links) {
      components(scene, link.from()).forEach(from -> out(lines, scene, link, from));
      components(scene, link.to()).forEach(to -> in(lines, scene, link, to));
    }
    return lines;
  }

  private static void out(SortedSet<String> lines, Scene scene, Link link, Actor from) {
    scene
        .whoIs(link.to())
        .forEach(
            to -> link.allPorts().forEach(port -> lines.add(line(from, "lets out to", to, port))));
  }

  private static void in(SortedSet<String> lines, Scene scene, Link link, Actor to) {
    scene
        .whoIs(link.from())
        .forEach(
            from -> link.allPorts().forEach(port -> lines.add(line(to, "lets in", from, port))));
  }

  private static Stream<Actor> components(Scene scene, String word) {
    return scene.components().stream().filter(c -> c.isPod() && c.name().equals(word));
  }

  static String line(Actor one, String verb, Actor other, Port port) {
    return "%s %s %s on %s".formatted(one.name(), verb, other.name(), port);
  }
}
