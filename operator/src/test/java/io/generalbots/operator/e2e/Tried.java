package io.generalbots.operator.e2e;

import java.util.List;

/**
 * What came of the hostile tries against one store.
 *
 * @param store what was tried to be misused
 * @param tries how many
 * @param through those that succeeded
 * @param refused controls that did not work: the tries beside them show nothing
 */
public record Tried(String store, int tries, List<String> through, List<String> refused) {

  private static final String THROUGH = "LET THROUGH: ";
  private static final String REFUSED = "REFUSED: ";

  public Tried {
    through = List.copyOf(through);
    refused = List.copyOf(refused);
  }

  /** From what attack.sh says: the last line has their number. */
  static Tried of(String store, String said) {
    var lines = said.lines().toList();
    var count = lines.get(lines.size() - 1).replaceFirst("^([0-9]+) tries$", "$1");
    return new Tried(
        store, Integer.parseInt(count), beginning(lines, THROUGH), beginning(lines, REFUSED));
  }

  /** Says it in lines that dev/attack makes a table of; nothing in there is secret. */
  public Tried told() {
    System.out.printf("TRIED %s %d %d %d%n", store, tries, through.size(), refused.size());
    through.forEach(t -> System.out.println("TRIED-THROUGH " + store + ": " + t));
    refused.forEach(r -> System.out.println("TRIED-REFUSED " + store + ": " + r));
    return this;
  }

  private static List<String> beginning(List<String> lines, String word) {
    return lines.stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()))
        .toList();
  }
}
