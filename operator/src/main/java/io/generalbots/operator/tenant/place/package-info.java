/** Where a Tenant may live, and what of it is its own there. */
@NullMarked
package io.generalbots.operator.tenant.place;

import org.jspecify.annotations.NullMarked;
