package io.generalbots.operator.cluster.gateway;

import io.generalbots.operator.kernel.Reading;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What gateways say of what is behind them. Two are equal if nothing has changed.
 *
 * @param open the circuits that are not closed, each as {@code name/upstream}
 * @param fallback whether language models answer from the local one
 * @param away what answers no gateway, and did not at the look before either, as {@code /health}
 *     names it
 */
public record EdgeSeen(SortedSet<String> open, boolean fallback, SortedSet<String> away)
    implements Reading {

  public EdgeSeen {
    open = new TreeSet<>(open);
    away = new TreeSet<>(away);
  }
}
