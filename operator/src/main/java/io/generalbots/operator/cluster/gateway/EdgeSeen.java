package io.generalbots.operator.cluster.gateway;

import io.generalbots.operator.kernel.Reading;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What gateways say of whom they leave alone. Two are equal if the same are left alone.
 *
 * @param open the circuits that are not closed, each as {@code name/upstream}
 * @param fallback whether language models answer from the local one
 */
public record EdgeSeen(SortedSet<String> open, boolean fallback) implements Reading {

  public EdgeSeen {
    open = new TreeSet<>(open);
  }
}
