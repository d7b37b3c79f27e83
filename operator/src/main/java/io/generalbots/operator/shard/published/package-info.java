/** What is published of policies for those who find the way by it. */
@NullMarked
package io.generalbots.operator.shard.published;

import org.jspecify.annotations.NullMarked;
