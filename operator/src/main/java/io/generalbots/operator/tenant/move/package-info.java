/** Carries the database of a Tenant from server to server. */
@NullMarked
package io.generalbots.operator.tenant.move;

import org.jspecify.annotations.NullMarked;
