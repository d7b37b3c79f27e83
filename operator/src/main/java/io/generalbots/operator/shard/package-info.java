/** How the data of a BotCluster is spread: what a ShardPolicy asks for, and what has come of it. */
@NullMarked
package io.generalbots.operator.shard;

import org.jspecify.annotations.NullMarked;
