package io.generalbots.edge.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All policies at a moment.
 *
 * @param policies by name
 * @param hosts for each host, those that requests for it are for
 */
public record Tables(Map<String, Policy> policies, Map<String, List<Policy>> hosts) {

  /** No policy. */
  public static final Tables NONE = of(List.of());

  public Tables {
    policies = Map.copyOf(policies);
    hosts = Map.copyOf(hosts);
  }

  /** The tables of these policies. */
  public static Tables of(Collection<Policy> policies) {
    var byName = new TreeMap<String, Policy>();
    policies.forEach(policy -> byName.put(policy.name(), policy));
    var byHost = new HashMap<String, List<Policy>>();
    for (var policy : byName.values()) {
      policy.hosts().forEach(h -> byHost.computeIfAbsent(h, x -> new ArrayList<>()).add(policy));
    }
    byHost.replaceAll((host, all) -> List.copyOf(all));
    return new Tables(byName, byHost);
  }

  /**
   * What serves a request. The policy is the one that the proxy names, else the only one of the
   * host. O(regions) at most, and independent of the number of policies, hosts and shards.
   */
  public Decision decide(Facts facts, Surroundings surroundings) {
    return facts
        .policy()
        .map(name -> named(name, facts, surroundings))
        .orElseGet(() -> ofHost(facts, surroundings));
  }

  private Decision named(String name, Facts facts, Surroundings surroundings) {
    return Optional.ofNullable(policies.get(name))
        .map(policy -> policy.decide(facts, surroundings))
        .orElseGet(() -> Decision.homeless(Outcome.UNKNOWN, "there is no policy of this name"));
  }

  private Decision ofHost(Facts facts, Surroundings surroundings) {
    var all = facts.host().map(host -> hosts.getOrDefault(host, List.of())).orElse(List.of());
    return switch (all.size()) {
      case 0 -> Decision.homeless(Outcome.UNKNOWN, "no policy is for this host");
      case 1 -> all.get(0).decide(facts, surroundings);
      default ->
          // A first one would be a guess, and another one after the next edit.
          Decision.homeless(
              Outcome.BAD_REQUEST,
              "%d policies are for this host: ask for one with ?policy=".formatted(all.size()));
    };
  }
}
