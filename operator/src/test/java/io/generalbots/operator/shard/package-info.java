@NullMarked
package io.generalbots.operator.shard;

import org.jspecify.annotations.NullMarked;
