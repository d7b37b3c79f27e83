package io.generalbots.operator.shard.geo;

import io.generalbots.api.v1alpha1.shard.Continent;
import io.generalbots.api.v1alpha1.shard.GeoDnsRouting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One answer that DNS has for a host.
 *
 * @param identifier what tells it apart from other answers; empty where there are no others
 * @param properties when it is given, in words of the DNS provider
 * @param door where it leads
 */
record Slot(Optional<String> identifier, Map<String, String> properties, Door door) {

  private static final String COUNTRY = "aws/geolocation-country-code";
  private static final String CONTINENT = "aws/geolocation-continent-code";
  private static final String WEIGHT = "aws/weight";
  private static final String HEALTH_CHECK = "aws/health-check-id";

  /** Of Route 53: whoever no other answer is for. */
  private static final String ANYWHERE = "*";

  Slot {
    properties = Map.copyOf(properties);
  }

  /**
   * All answers.
   *
   * @param doors in the order of the policy
   * @param preferred where those go whom nothing else is said of
   */
  static List<Slot> of(GeoDnsRouting routing, List<Door> doors, Door preferred) {
    return switch (routing) {
      case FAILOVER -> List.of(new Slot(Optional.empty(), Map.of(), preferred));
      case WEIGHTED -> doors.stream().map(Slot::weighted).toList();
      case GEOLOCATION -> byPlace(doors, preferred);
    };
  }

  private static Slot weighted(Door door) {
    return told(door.region().name(), WEIGHT, String.valueOf(door.weight()), door);
  }

  /**
   * Called by their places: whoever takes one over changes an answer, and at no moment there is
   * none. Of two regions with one continent the first has it, as Route 53 takes no second.
   */
  private static List<Slot> byPlace(List<Door> doors, Door preferred) {
    var slots = new LinkedHashMap<String, Slot>();
    for (var door : doors) {
      for (var country : door.region().countries()) {
        var name = "country-" + country;
        slots.putIfAbsent(name, told(name, COUNTRY, country, door));
      }
      for (var continent : door.region().continents().stream().map(Continent::name).toList()) {
        var name = "continent-" + continent;
        slots.putIfAbsent(name, told(name, CONTINENT, continent, door));
      }
    }
    slots.put("default", told("default", COUNTRY, ANYWHERE, preferred));
    return List.copyOf(slots.values());
  }

  private static Slot told(String identifier, String property, String value, Door door) {
    var properties = new TreeMap<>(Map.of(property, value));
    door.healthChecks().forEach(id -> properties.put(HEALTH_CHECK, id));
    return new Slot(Optional.of(identifier), properties, door);
  }
}
