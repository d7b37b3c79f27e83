package io.generalbots.edge.route;

import io.generalbots.sharding.geo.Stickiness;

/**
 * What decisions need besides tables and requests.
 *
 * @param places where addresses are
 * @param stickiness when users go back to their own region
 */
public record Surroundings(Places places, Stickiness stickiness) {}
