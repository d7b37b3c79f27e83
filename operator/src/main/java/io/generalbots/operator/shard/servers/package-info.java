/** Servers that are made for shards. */
@NullMarked
package io.generalbots.operator.shard.servers;

import org.jspecify.annotations.NullMarked;
