package io.generalbots.edge.route;

import io.generalbots.sharding.geo.Health;
import io.generalbots.sharding.geo.Place;
import io.generalbots.sharding.geo.Regions;
import io.generalbots.sharding.published.Detection;
import io.generalbots.sharding.published.PublishedRegion;
import io.generalbots.sharding.published.Rules;
import io.generalbots.sharding.published.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A region by where the user is, what is up, and where the user was before.
 *
 * @param name of the policy
 * @param hosts whose requests it is for
 * @param detection how a place is found
 * @param regions in the order of the policy
 * @param targets the same, to be told
 * @param upSince for each that is up, since when
 */
record GeoPolicy(
    String name,
    List<String> hosts,
    Detection detection,
    Regions regions,
    Map<String, Target> targets,
    Map<String, Instant> upSince)
    implements Policy {

  static GeoPolicy of(Scope scope, Rules.ByPlace rules) {
    var targets =
        rules.regions().stream()
            .map(Target.Region::of)
            .collect(
                Collectors.<Target, String, Target>toUnmodifiableMap(
                    Target::name, Function.identity()));
    var upSince = new HashMap<String, Instant>();
    for (PublishedRegion region : rules.regions()) {
      region.upSince().ifPresent(since -> upSince.put(region.name(), since));
    }
    return new GeoPolicy(
        scope.policy(),
        scope.hosts(),
        rules.detection(),
        rules.places(),
        targets,
        Map.copyOf(upSince));
  }

  @Override
  public Decision decide(Facts facts, Surroundings surroundings) {
    var place = place(facts.origin(), surroundings.places());
    var preference = regions.preference(place);
    var health = new Health(upSince, facts.now());
    // A name that is no region of ours is that of none that is up.
    var current = facts.origin().region();
    return surroundings
        .stickiness()
        .choose(preference, current, health)
        .map(region -> to(region, stage(region, preference, current), words(place, preference)))
        .orElseGet(() -> Decision.refused(Outcome.UNAVAILABLE, name, "no region is up"));
  }

  private Place place(Origin origin, Places places) {
    return switch (detection) {
      case IP -> origin.address().map(places::of).orElse(Place.UNKNOWN);
      case HEADER -> origin.country().map(Continents::placeOf).orElse(Place.UNKNOWN);
    };
  }

  private Decision to(String region, String stage, String words) {
    return Optional.ofNullable(targets.get(region))
        .map(target -> Decision.routed(name, target, stage, words + ": " + region))
        .orElseThrow();
  }

  private static String stage(String region, List<String> preference, Optional<String> current) {
    if (region.equals(preference.get(0))) {
      return "home";
    }
    return current.filter(region::equals).isPresent() ? "stays" : "diverted";
  }

  private String words(Place place, List<String> preference) {
    var known =
        place
            .country()
            .map(country -> "country " + country)
            .or(() -> place.continent().map(continent -> "continent " + continent))
            .orElse("an unknown place");
    var order =
        preference.stream()
            .map(region -> region + (upSince.containsKey(region) ? "" : " (down)"))
            .collect(Collectors.joining(", "));
    return known + ", so that regions come in the order " + order;
  }
}
