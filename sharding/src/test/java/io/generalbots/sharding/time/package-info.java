@NullMarked
package io.generalbots.sharding.time;

import org.jspecify.annotations.NullMarked;
