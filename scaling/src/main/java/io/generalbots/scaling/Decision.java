package io.generalbots.scaling;

/**
 * How many replicas there should be, and why.
 *
 * @param from how many there were
 * @param to how many there should be; the same if nothing is to be done
 * @param reason in a word
 * @param message in a sentence, with the numbers
 */
public record Decision(int from, int to, Reason reason, String message) {

  /** Where it goes. */
  public Direction direction() {
    return to > from ? Direction.OUT : to < from ? Direction.IN : Direction.NONE;
  }
}
