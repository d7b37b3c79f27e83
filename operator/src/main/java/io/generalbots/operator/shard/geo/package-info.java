/** Strategy Geo: users by the region they live in, each a BotCluster. */
@NullMarked
package io.generalbots.operator.shard.geo;

import org.jspecify.annotations.NullMarked;
