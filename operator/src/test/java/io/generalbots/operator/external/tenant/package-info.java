/** What is done to a server for Tenants. */
@NullMarked
package io.generalbots.operator.external.tenant;

import org.jspecify.annotations.NullMarked;
