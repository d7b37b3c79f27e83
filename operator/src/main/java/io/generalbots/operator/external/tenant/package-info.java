/** Steps that give Tenants their places in the stores of a BotCluster, and take them away. */
@NullMarked
package io.generalbots.operator.external.tenant;

import org.jspecify.annotations.NullMarked;
