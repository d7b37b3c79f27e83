/** Tests of what a BotCluster is told of its Tenants. */
@NullMarked
package io.generalbots.operator.residents;

import org.jspecify.annotations.NullMarked;
