/** Shards of a ShardPolicy in PostgreSQL: what is on them, and the rows that move between them. */
@NullMarked
package io.generalbots.operator.external.spread;

import org.jspecify.annotations.NullMarked;
