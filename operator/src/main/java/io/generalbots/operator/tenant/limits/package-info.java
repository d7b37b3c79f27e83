/** How much a Tenant may have in each store, and what comes of it when it has more. */
@NullMarked
package io.generalbots.operator.tenant.limits;

import org.jspecify.annotations.NullMarked;
