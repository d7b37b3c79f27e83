/** Measures the load of bot servers: what their pods use, what their gateways count. */
@NullMarked
package io.generalbots.operator.external.load;

import org.jspecify.annotations.NullMarked;
