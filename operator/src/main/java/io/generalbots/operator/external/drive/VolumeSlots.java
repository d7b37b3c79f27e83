package io.generalbots.operator.external.drive;

import io.generalbots.operator.kernel.Reading;

/**
 * Room for volumes in an object store: each bucket keeps its objects in volumes of its own.
 *
 * @param free how many more volumes can be begun
 * @param all how many there can be
 */
public record VolumeSlots(long free, long all) implements Reading {

  /** Less than that, in percent, is few. */
  private static final int FEW = 10;

  /** Whether it is time for more servers, or larger ones. */
  public boolean areFew() {
    return free * 100 < all * FEW;
  }

  /** Whether the next bucket takes no objects. */
  public boolean areGone() {
    return free <= 0;
  }
}
