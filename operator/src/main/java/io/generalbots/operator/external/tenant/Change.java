package io.generalbots.operator.external.tenant;

import java.util.List;

/**
 * What is to be done to a Tenant's database.
 *
 * @param statements in order; nothing secret is in them that a log could not hold
 * @param ended roles whose sessions are to end thereafter
 */
record Change(List<String> statements, List<String> ended) {

  Change {
    statements = List.copyOf(statements);
    ended = List.copyOf(ended);
  }
}
