package io.generalbots.operator.external.partition;

import io.generalbots.operator.kernel.Reading;
import io.generalbots.sharding.time.Table;
import java.time.Instant;
import java.util.List;

/**
 * Tables as their server described them.
 *
 * @param now the time of the server
 * @param tables that were asked for, ordered by name
 */
public record TablesRead(Instant now, List<Table> tables) implements Reading {
  public TablesRead {
    tables = List.copyOf(tables);
  }
}
