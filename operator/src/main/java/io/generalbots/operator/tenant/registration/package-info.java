/** What the BotCluster is told of a Tenant. */
@NullMarked
package io.generalbots.operator.tenant.registration;

import org.jspecify.annotations.NullMarked;
