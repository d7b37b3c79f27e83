/** A Tenant's own namespace of the vault. */
@NullMarked
package io.generalbots.operator.tenant.vault;

import org.jspecify.annotations.NullMarked;
