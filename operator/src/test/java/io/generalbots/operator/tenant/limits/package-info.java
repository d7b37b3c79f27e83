/** Tests of what limits come to. */
@NullMarked
package io.generalbots.operator.tenant.limits;

import org.jspecify.annotations.NullMarked;
