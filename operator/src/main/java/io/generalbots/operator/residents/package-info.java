/** What a BotCluster is told of the Tenants that live on it: the one thing both sides share. */
@NullMarked
package io.generalbots.operator.residents;

import org.jspecify.annotations.NullMarked;
