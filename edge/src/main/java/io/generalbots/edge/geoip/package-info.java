/** Where an address is, by a database that may change at any moment. */
@NullMarked
package io.generalbots.edge.geoip;

import org.jspecify.annotations.NullMarked;
