package io.generalbots.operator.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of addresses. */
record Cidr(String text) {

  boolean contains(String address) {
    var parts = text.split("/", 2);
    var block = bytes(parts[0]);
    var other = bytes(address);
    var rest = block.length * Byte.SIZE - Integer.parseInt(parts[1]);
    return block.length == other.length
        && new BigInteger(1, block)
            .shiftRight(rest)
            .equals(new BigInteger(1, other).shiftRight(rest));
  }

  /** Of an address in digits, for which nobody is asked. */
  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }
}
