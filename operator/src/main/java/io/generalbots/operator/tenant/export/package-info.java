/** All that a Tenant has, carried out of its stores into an archive, and into those of another. */
@NullMarked
package io.generalbots.operator.tenant.export;

import org.jspecify.annotations.NullMarked;
