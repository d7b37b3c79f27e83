/** Bot servers that a Tenant has to itself, at its home. */
@NullMarked
package io.generalbots.operator.tenant.botserver;

import org.jspecify.annotations.NullMarked;
