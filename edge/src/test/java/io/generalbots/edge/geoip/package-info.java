/** Tests. */
@NullMarked
package io.generalbots.edge.geoip;

import org.jspecify.annotations.NullMarked;
