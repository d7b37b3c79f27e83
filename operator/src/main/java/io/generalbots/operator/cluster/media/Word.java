package io.generalbots.operator.cluster.media;

/**
 * A word of a pipeline.
 *
 * @param text without its quotes
 * @param position where it begins, counted from 1
 */
record Word(String text, int position) {

  private static final String LINK = "!";

  /** Whether it links two elements. */
  boolean isLink() {
    return LINK.equals(text);
  }
}
