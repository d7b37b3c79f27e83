package io.generalbots.operator.cluster.volumes;

/**
 * How full a volume is.
 *
 * @param percent in use of what its users may use, rounded down: 0 to 100
 * @param isInodes whether that is of its inodes, of which it has used more than of its bytes
 * @param capacity of the file system in bytes, which is less than the volume has
 */
public record Fill(int percent, boolean isInodes, long capacity) {

  private static final int ALL = 100;

  /**
   * What is counted of a thing.
   *
   * @param used how much of it
   * @param free how much of it users may still use
   */
  public record Count(long used, long free) {

    int percent() {
      var most = Math.max(1.0, (double) used + free);
      return (int) Math.max(0, Math.min(ALL, Math.floor(ALL * (double) used / most)));
    }
  }

  /** By whichever is the fuller of both. */
  public static Fill of(Count bytes, Count inodes, long capacity) {
    var isInodes = inodes.percent() > bytes.percent();
    return new Fill((isInodes ? inodes : bytes).percent(), isInodes, capacity);
  }

  /** In words, after the name of the volume. */
  public String text() {
    return isInodes
        ? "has used %d%% of its inodes".formatted(percent)
        : "is %d%% full".formatted(percent);
  }
}
