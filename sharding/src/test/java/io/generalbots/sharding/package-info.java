/** What tests of shards share. */
@NullMarked
package io.generalbots.sharding;

import org.jspecify.annotations.NullMarked;
