/** Which shard a tenant lives on: where new ones go, and what evens shards out again. */
@NullMarked
package io.generalbots.sharding.tenant;

import org.jspecify.annotations.NullMarked;
