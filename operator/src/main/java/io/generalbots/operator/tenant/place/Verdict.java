package io.generalbots.operator.tenant.place;

import io.generalbots.operator.kernel.Objection;
import java.util.List;

/**
 * What a Tenant gets of what it asks for.
 *
 * @param named whether its name is its own
 * @param hosts those that lead to it
 * @param bots those that are its own
 * @param objections why it does not get the others
 */
public record Verdict(
    boolean named, List<String> hosts, List<String> bots, List<Objection> objections) {

  /** Nothing was asked for and nothing given. */
  public static final Verdict NONE = new Verdict(false, List.of(), List.of(), List.of());

  public Verdict {
    hosts = List.copyOf(hosts);
    bots = List.copyOf(bots);
    objections = List.copyOf(objections);
  }
}
