/** A Tenant's own buckets. */
@NullMarked
package io.generalbots.operator.tenant.drive;

import org.jspecify.annotations.NullMarked;
