/** Tests of choosing regions. */
@NullMarked
package io.generalbots.sharding.geo;

import org.jspecify.annotations.NullMarked;
