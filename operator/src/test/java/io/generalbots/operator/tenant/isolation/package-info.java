/** How the isolation of Tenants is tried, and what is told of it. */
@NullMarked
package io.generalbots.operator.tenant.isolation;

import org.jspecify.annotations.NullMarked;
