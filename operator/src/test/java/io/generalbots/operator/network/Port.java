package io.generalbots.operator.network;

import java.util.Comparator;

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

  @Override
  public int compareTo(Port other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return TCP.equals(protocol) ? String.valueOf(number) : number + "/" + protocol;
  }
}
