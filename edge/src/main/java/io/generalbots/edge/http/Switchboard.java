package io.generalbots.edge.http;

import io.generalbots.edge.route.Decision;
import io.generalbots.edge.route.Facts;
import io.generalbots.edge.route.Surroundings;
import io.generalbots.edge.table.Board;

/**
 * Decides by what counts now.
 *
 * @param board the tables
 * @param surroundings places and stickiness
 */
public record Switchboard(Board board, Surroundings surroundings) {

  Decision decide(Facts facts) {
    return board.tables().decide(facts, surroundings);
  }
}
