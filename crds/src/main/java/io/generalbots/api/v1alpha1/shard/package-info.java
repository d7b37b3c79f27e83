/** Spec and status of ShardPolicy. */
@NullMarked
package io.generalbots.api.v1alpha1.shard;

import org.jspecify.annotations.NullMarked;
