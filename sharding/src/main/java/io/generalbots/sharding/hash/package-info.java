/** Which shard a key belongs to, and what has to move when the number of shards changes. */
@NullMarked
package io.generalbots.sharding.hash;

import org.jspecify.annotations.NullMarked;
