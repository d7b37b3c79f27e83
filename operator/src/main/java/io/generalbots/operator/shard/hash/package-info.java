/** Strategy Hash: rows by the hash of a key, over as many shards as are asked for. */
@NullMarked
package io.generalbots.operator.shard.hash;

import org.jspecify.annotations.NullMarked;
