package io.generalbots.edge.route;

import io.generalbots.edge.Published;
import io.generalbots.sharding.geo.Place;
import io.generalbots.sharding.geo.Stickiness;
import io.generalbots.sharding.published.Publication;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks tables as a proxy does. */
final class Asking {

  static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  private static final Map<String, Place> PLACES =
      Map.of(
          "192.0.2.1", place("DE", "EU"),
          "192.0.2.2", place("US", "NA"),
          "192.0.2.3", place("JP", "AS"),
          "192.0.2.4", new Place(Optional.empty(), Optional.of("EU")));

  private static final Surroundings SURROUNDINGS =
      new Surroundings(Asking::place, new Stickiness(Duration.ofMinutes(1)));

  private Asking() {}

  static Decision of(Facts facts, Publication... publications) {
    return Tables.of(Stream.of(publications).map(Published::policy).toList())
        .decide(facts, SURROUNDINGS);
  }

  static Facts host(String host) {
    return facts(host, new Keys(List.of(), Query.NONE), Origin.UNKNOWN);
  }

  static Facts key(String key) {
    return facts("users.example.com", new Keys(List.of(key), Query.NONE), Origin.UNKNOWN);
  }

  static Facts uri(String uri) {
    return facts("users.example.com", new Keys(List.of(), Query.ofUri(uri)), Origin.UNKNOWN);
  }

  static Facts from(Origin origin) {
    return facts("world.example.com", new Keys(List.of(), Query.NONE), origin);
  }

  static Facts named(String policy, Facts facts) {
    return new Facts(Optional.of(policy), facts.host(), facts.keys(), facts.origin(), facts.now());
  }

  static Facts facts(String host, Keys keys, Origin origin) {
    return new Facts(Optional.empty(), Facts.host(host), keys, origin, NOON);
  }

  private static Place place(InetAddress address) {
    return PLACES.getOrDefault(address.getHostAddress(), Place.UNKNOWN);
  }

  private static Place place(String country, String continent) {
    return new Place(Optional.of(country), Optional.of(continent));
  }
}
