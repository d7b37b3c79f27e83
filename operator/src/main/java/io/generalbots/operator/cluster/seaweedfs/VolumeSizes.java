package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.Quantity;

/**
 * How a volume server divides its disk. Each bucket takes volumes of its own, each a file that
 * grows to the limit: as many as fit when all are full would leave no room for a further bucket
 * while most are nearly empty. Free space is what really limits them; servers watch it.
 *
 * @param limitMebibytes how large a volume grows before another one is begun
 * @param slots how many volumes a server takes
 */
record VolumeSizes(long limitMebibytes, long slots) {

  private static final long MIB = 1L << 20;
  private static final long SMALLEST = 64;
  private static final long LARGEST = 8 << 10;

  /** Full volumes that fit, unless the disk is too small or too large for that. */
  private static final long FIT = 16;

  /** How many more volumes than full ones would fit. */
  private static final long OVERCOMMITMENT = 8;

  static VolumeSizes of(Quantity disk) {
    var mebibytes = disk.getNumericalAmount().toBigInteger().longValue() / MIB;
    var limit = Math.max(SMALLEST, Math.min(LARGEST, mebibytes / FIT));
    return new VolumeSizes(limit, Math.max(FIT, mebibytes / limit) * OVERCOMMITMENT);
  }
}
