package io.generalbots.operator.shard.geo;

import io.generalbots.api.v1alpha1.shard.Region;
import io.generalbots.api.v1alpha1.shard.RegionDns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where users come into a region, as DNS can say it.
 *
 * @param region whose door
 * @param addresses names or addresses; at least one
 */
record Door(Region region, List<String> addresses) {

  private static final Pattern FOUR = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

  /** Names that external-dns makes an alias of in Route 53, which is an address to who asks. */
  private static final Pattern ALIASED =
      Pattern.compile(
          ".*\\.elb(\\.[a-z0-9-]+)?\\.amazonaws\\.com(\\.cn)?"
              + "|.*\\.(awsglobalaccelerator\\.com|cloudfront\\.net)");

  /** As many as users expect of a region that says nothing of it. */
  private static final int WEIGHT = 100;

  Door {
    addresses = List.copyOf(addresses);
  }

  /** Whether it is known by a name alone: next to that nothing may stand under the same name. */
  boolean isName() {
    return addresses.stream().allMatch(a -> "CNAME".equals(type(a)));
  }

  /** Whether both may stand under one name. */
  boolean goesWith(Door other) {
    return needsCname() == other.needsCname();
  }

  /** Targets by the type of their record. */
  Map<String, List<String>> targets() {
    if (isName()) {
      return Map.of("CNAME", addresses.subList(0, 1));
    }
    var targets = new TreeMap<String, List<String>>();
    for (var type : List.of("A", "AAAA")) {
      var some = addresses.stream().filter(a -> type.equals(type(a))).sorted().distinct().toList();
      if (!some.isEmpty()) {
        targets.put(type, some);
      }
    }
    return targets;
  }

  int weight() {
    return dns().map(RegionDns::weight).orElse(WEIGHT);
  }

  Stream<String> healthChecks() {
    return dns().flatMap(d -> Optional.ofNullable(d.healthCheckId())).stream();
  }

  private boolean needsCname() {
    return isName() && !ALIASED.matcher(addresses.get(0)).matches();
  }

  private Optional<RegionDns> dns() {
    return Optional.ofNullable(region.dns());
  }

  private static String type(String address) {
    if (address.indexOf(':') >= 0) {
      return "AAAA";
    }
    return FOUR.matcher(address).matches() ? "A" : "CNAME";
  }
}
