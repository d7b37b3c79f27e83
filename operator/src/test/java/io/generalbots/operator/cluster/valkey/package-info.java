/** Tests of Valkey's decisions. */
@NullMarked
package io.generalbots.operator.cluster.valkey;

import org.jspecify.annotations.NullMarked;
