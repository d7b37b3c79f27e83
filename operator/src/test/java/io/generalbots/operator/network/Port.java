package io.generalbots.operator.network;

import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A port to connect to. */
record Port(int number, String protocol) implements Comparable<Port> {

  private static final String TCP = "TCP";
  private static final Comparator<Port> ORDER =
      Comparator.comparingInt(Port::number).thenComparing(Port::protocol);

  static Port tcp(int number) {
    return new Port(number, TCP);
  }

  static Port udp(int number) {
    return new Port(number, "UDP");
  }

  /** Those that a word stands for: {@code 5432}, {@code 53/UDP}, {@code 50000-50010/UDP}. */
  static Stream<Port> of(String word) {
    var slash = word.split("/", 2);
    var ends = slash[0].split("-", 2);
    var protocol = slash.length == 1 ? TCP : slash[1];
    return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
        .mapToObj(number -> new Port(number, protocol));
  }

  @Override
  public int compareTo(Port other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return TCP.equals(protocol) ? String.valueOf(number) : number + "/" + protocol;
  }
}
