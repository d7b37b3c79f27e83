/** Tests of placing and rebalancing tenants. */
@NullMarked
package io.generalbots.sharding.tenant;

import org.jspecify.annotations.NullMarked;
