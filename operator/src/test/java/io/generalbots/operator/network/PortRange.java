package io.generalbots.operator.network;

import java.util.stream.Stream;

/**
 * Ports beside each other.
 *
 * @param first the lowest of them
 * @param last the highest, which may be the same
 * @param protocol of all of them
 */
record PortRange(int first, int last, String protocol) {

  /** What a word stands for: {@code 5432}, {@code 53/UDP}, {@code 50000-50010/UDP}. */
  static PortRange of(String word) {
    var slash = word.split("/", 2);
    var ends = slash[0].split("-", 2);
    var protocol = slash.length == 1 ? "TCP" : slash[1];
    return new PortRange(
        Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]), protocol);
  }

  boolean contains(Port port) {
    return protocol.equals(port.protocol()) && first <= port.number() && port.number() <= last;
  }

  Stream<Integer> ends() {
    return Stream.of(first, last);
  }
}
