package io.generalbots.operator.rbac;

import java.util.Comparator;

/**
 * One thing somebody may do.
 *
 * @param group the API group, empty for the core group
 * @param resource the plural, with a slash and the subresource if it is one
 * @param verb the verb of the request
 */
public record Right(String group, String resource, String verb) implements Comparable<Right> {

  private static final Comparator<Right> ORDER =
      Comparator.comparing(Right::group).thenComparing(Right::resource).thenComparing(Right::verb);

  @Override
  public int compareTo(Right other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
  }
}
