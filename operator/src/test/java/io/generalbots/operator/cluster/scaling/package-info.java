/** Tests of how many bot servers there should be. */
@NullMarked
package io.generalbots.operator.cluster.scaling;

import org.jspecify.annotations.NullMarked;
