/** A Tenant's own part of the cache. */
@NullMarked
package io.generalbots.operator.tenant.cache;

import org.jspecify.annotations.NullMarked;
