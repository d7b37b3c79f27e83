package io.generalbots.operator.shard.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The regions that a host can lead to.
 *
 * @param open in the order of the policy
 * @param troubles why others that serve are not among them
 */
record Doors(List<Door> open, List<String> troubles) {

  Doors {
    open = List.copyOf(open);
    troubles = List.copyOf(troubles);
  }

  /**
   * Those of a host. A region that is down is none, so that its users are led to others.
   *
   * @param hosts all that are told: none of them leads to another, which may lead back
   */
  static Doors of(
      String host, List<String> hosts, List<Territory> territories, Entrances entrances) {
    var open = new ArrayList<Door>();
    var troubles = new ArrayList<String>();
    for (var territory : territories) {
      if (territory.isReady() && territory.serves(host)) {
        var door = new Door(territory.region(), territory.addresses(entrances));
        trouble(hosts, door).ifPresentOrElse(troubles::add, () -> open.add(door));
      }
    }
    return new Doors(open, troubles);
  }

  /** That of the default region, or of the first other while that is down. */
  static Optional<Door> preferred(List<Door> doors, String first) {
    return doors.stream()
        .filter(door -> first.equals(door.region().name()))
        .findFirst()
        .or(() -> doors.stream().findFirst());
  }

  /**
   * Those that can stand under one name: a CNAME suffers nothing beside it.
   *
   * @param first the region that others have to go with, where it is one of them
   */
  Doors together(String first) {
    var measure = preferred(open, first);
    var fitting = new ArrayList<Door>();
    var told = new ArrayList<>(troubles);
    for (var door : open) {
      if (measure.filter(door::goesWith).isPresent()) {
        fitting.add(door);
      } else {
        told.add(unfit(door));
      }
    }
    return new Doors(fitting, told);
  }

  private static Optional<String> trouble(List<String> hosts, Door door) {
    var name = door.region().name();
    if (door.addresses().isEmpty()) {
      return Optional.of(
          "region %s: its gateway has no address of a load balancer, write its dns.address"
              .formatted(name));
    }
    return door.addresses().stream()
        .filter(hosts::contains)
        .findFirst()
        .map(
            "region %s: %%s would lead to itself, write another dns.address".formatted(name)
                ::formatted);
  }

  private static String unfit(Door door) {
    var name = door.region().name();
    return door.isName()
        ? "region %s has a name where others have addresses: write an address as its dns.address"
            .formatted(name)
        : "region %s has an address where others have names: write a name as its dns.address"
            .formatted(name);
  }
}
