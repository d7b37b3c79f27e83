/** Bot servers that a Tenant has to itself. */
@NullMarked
package io.generalbots.operator.tenant.botserver;

import org.jspecify.annotations.NullMarked;
