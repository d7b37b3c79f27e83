/** BotClusters that Tenants have to themselves: isolation Cell. */
@NullMarked
package io.generalbots.operator.tenant.cell;

import org.jspecify.annotations.NullMarked;
