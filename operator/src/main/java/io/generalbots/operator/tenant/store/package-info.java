/** What is the same for every store a Tenant gets a place in. */
@NullMarked
package io.generalbots.operator.tenant.store;

import org.jspecify.annotations.NullMarked;
