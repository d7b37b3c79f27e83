/** The programs that carry a Tenant's database from one server to another. */
@NullMarked
package io.generalbots.operator.tenant.move;

import org.jspecify.annotations.NullMarked;
