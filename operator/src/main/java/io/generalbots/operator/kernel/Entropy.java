package io.generalbots.operator.kernel;

import java.math.BigInteger;
import java.security.KeyPair;

/** Where secrets come from; a test gives a source that repeats itself. */
public interface Entropy {

  /** A password of letters and digits only, so that it needs no escaping in any URL. */
  String password(int length);

  /** A key of 256 bits in hexadecimal digits. */
  String key();

  /** A key pair on the curve P-256. */
  KeyPair keyPair();

  /** A positive certificate serial number of at most 20 octets. */
  BigInteger serial();
}
