/** Strategy Time: tables of the bot servers in partitions. */
@NullMarked
package io.generalbots.operator.shard.time;

import org.jspecify.annotations.NullMarked;
