/** What strategies say of their shards. */
@NullMarked
package io.generalbots.operator.shard.report;

import org.jspecify.annotations.NullMarked;
