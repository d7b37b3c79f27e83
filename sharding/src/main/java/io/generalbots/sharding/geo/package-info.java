/** Which region serves a user: by where they are, what is up, and where they were before. */
@NullMarked
package io.generalbots.sharding.geo;

import org.jspecify.annotations.NullMarked;
