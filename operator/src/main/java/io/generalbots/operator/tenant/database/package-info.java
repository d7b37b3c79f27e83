/** A Tenant's own database. */
@NullMarked
package io.generalbots.operator.tenant.database;

import org.jspecify.annotations.NullMarked;
