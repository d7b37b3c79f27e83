/** What the operator tells routers: one document for each ShardPolicy, checked on both sides. */
@NullMarked
package io.generalbots.sharding.published;

import org.jspecify.annotations.NullMarked;
