/** Many Tenants on a real API server, before stores that are none. */
@NullMarked
package io.generalbots.operator.scale;

import org.jspecify.annotations.NullMarked;
