package io.generalbots.operator.cluster.certificates;

import java.math.BigInteger;

/** What is the same in every kind of certificate. */
record Draft(String commonName, Validity validity, BigInteger serial) {

  /** RFC 5280 bounds a common name to 64 characters; names in the extension are not bounded. */
  private static final int MAX_COMMON_NAME = 64;

  Draft {
    commonName =
        commonName.length() <= MAX_COMMON_NAME
            ? commonName
            : commonName.substring(0, MAX_COMMON_NAME);
  }
}
