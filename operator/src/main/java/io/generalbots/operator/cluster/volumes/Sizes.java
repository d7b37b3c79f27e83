package io.generalbots.operator.cluster.volumes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;

/** Reckoning with the sizes of volumes. */
public final class Sizes {

  static final Comparator<Quantity> BY_BYTES = Comparator.comparing(Sizes::bytes);

  private static final BigDecimal FIFTH_MORE = new BigDecimal("1.2");
  private static final BigDecimal MIB = BigDecimal.valueOf(1L << 20);
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

  /** From here on a tenth of the size is more than a Gi. */
  private static final BigDecimal LARGE = GIB.multiply(BigDecimal.TEN);

  private Sizes() {}

  /** In bytes. */
  public static BigDecimal bytes(Quantity size) {
    return size.getNumericalAmount();
  }

  /** Whether one is more than the other. */
  public static boolean isLarger(Quantity one, Quantity other) {
    return BY_BYTES.compare(one, other) > 0;
  }

  static Quantity larger(Quantity one, Quantity other) {
    return BY_BYTES.compare(one, other) < 0 ? other : one;
  }

  static Quantity smaller(Quantity one, Quantity other) {
    return BY_BYTES.compare(one, other) > 0 ? other : one;
  }

  /** A fifth more, up to the next whole Mi, or Gi for what is large. */
  static Quantity fifthMore(Quantity size) {
    var bytes = bytes(size).multiply(FIFTH_MORE);
    return bytes.compareTo(LARGE) < 0
        ? new Quantity(whole(bytes, MIB).toString(), "Mi")
        : new Quantity(whole(bytes, GIB).toString(), "Gi");
  }

  private static BigInteger whole(BigDecimal bytes, BigDecimal unit) {
    return bytes.divide(unit, 0, RoundingMode.CEILING).toBigInteger();
  }
}
