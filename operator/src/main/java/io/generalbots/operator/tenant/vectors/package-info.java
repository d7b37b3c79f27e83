/** The collections of a Tenant in the Qdrant of its BotCluster. */
@NullMarked
package io.generalbots.operator.tenant.vectors;

import org.jspecify.annotations.NullMarked;
