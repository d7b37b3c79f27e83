package io.generalbots.operator.shard.geo;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.GeoDns;
import io.generalbots.api.v1alpha1.shard.GeoDnsRouting;
import io.generalbots.operator.cluster.gateway.PublicHosts;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has external-dns lead the hosts of a BotCluster to the regions that serve them.
 *
 * @param regions those of the policy
 */
public record DnsExport(Regions regions) implements Component<ShardPolicy> {

  private static final String NAME = "dns";

  /** Whether a policy asks for it. */
  public static boolean isAsked(ShardPolicy policy) {
    return wish(policy).isPresent();
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * While no region serves, what was told last stays: of a name without entries resolvers remember
   * that there is none, longer than any of them is down, and an address that is back is better.
   */
  @Override
  public Plan plan(ShardPolicy policy, Facts facts) {
    var wish = wish(policy);
    if (wish.isEmpty()) {
      return new Plan.Absent();
    } else if (!isServed(facts)) {
      return new Plan.Hold("external-dns is not there");
    }
    var entries = entries(wish.get(), facts);
    if (entries.isEmpty()) {
      return new Plan.Hold("there is no region to lead to");
    }
    var part = Part.ofPolicy(policy.getMetadata().getName(), NAME);
    return Plan.apply(new Wish.Managed(DnsEndpoint.of(part.meta(), entries)));
  }

  @Override
  public Health health(ShardPolicy policy, Facts facts) {
    return wish(policy).map(dns -> health(dns, facts)).orElseGet(Health::disabled);
  }

  private Health health(GeoDns dns, Facts facts) {
    if (!isServed(facts)) {
      return Health.waiting(
          "ExternalDnsMissing",
          "geo.dns needs external-dns, whose kind DNSEndpoint this operator does not see: install its"
              + " definition and set externalDns.enabled of the operator's chart, or remove geo.dns");
    }
    var troubles = troubles(dns, facts);
    if (entries(dns, facts).isEmpty()) {
      return Health.waiting(
          "NoDnsTarget",
          Stream.concat(
                  troubles, Stream.of("DNS has nowhere to lead to, and what it was told stays"))
              .collect(Collectors.joining(". ")));
    }
    var told = troubles.collect(Collectors.joining(". "));
    return told.isEmpty()
        ? Health.ready("DNS is told where regions are")
        : Health.degraded("DnsIncomplete", told + ". DNS leads to the others");
  }

  private Stream<String> troubles(GeoDns dns, Facts facts) {
    return Stream.concat(
            regions.territories().stream().flatMap(t -> t.otherDomain(hosts().get(0)).stream()),
            hosts().stream().flatMap(host -> doors(host, dns, facts).troubles().stream()))
        .distinct();
  }

  private List<Map<String, Object>> entries(GeoDns dns, Facts facts) {
    return hosts().stream()
        .flatMap(
            host ->
                slots(dns.routing(), doors(host, dns, facts).open())
                    .flatMap(slot -> DnsEndpoint.entries(host, dns.ttlSeconds(), slot)))
        .toList();
  }

  private Stream<Slot> slots(GeoDnsRouting routing, List<Door> doors) {
    return Doors.preferred(doors, regions.first()).stream()
        .flatMap(preferred -> Slot.of(routing, doors, preferred).stream());
  }

  private Doors doors(String host, GeoDns dns, Facts facts) {
    var entrances =
        facts.surroundings().reading(Entrances.class).orElseGet(() -> new Entrances(Map.of()));
    var all = Doors.of(host, hosts(), regions.territories(), entrances);
    return dns.routing() == GeoDnsRouting.FAILOVER ? all : all.together(regions.first());
  }

  private List<String> hosts() {
    return PublicHosts.of(regions.cluster()).all();
  }

  private static boolean isServed(Facts facts) {
    return facts.surroundings().serves(DnsEndpoint.KIND);
  }

  private static Optional<GeoDns> wish(ShardPolicy policy) {
    return Optional.ofNullable(policy.getSpec().geo())
        .flatMap(geo -> Optional.ofNullable(geo.dns()))
        .filter(GeoDns::enabled);
  }
}
