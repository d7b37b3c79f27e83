/** Documents as the operator writes and a router reads them. */
@NullMarked
package io.generalbots.sharding.published;

import org.jspecify.annotations.NullMarked;
