/** Tests of what a Tenant is made of. */
@NullMarked
package io.generalbots.operator.tenant.place;

import org.jspecify.annotations.NullMarked;
