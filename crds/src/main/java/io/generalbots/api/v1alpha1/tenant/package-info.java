/** Spec and status of Tenant. */
@NullMarked
package io.generalbots.api.v1alpha1.tenant;

import org.jspecify.annotations.NullMarked;
