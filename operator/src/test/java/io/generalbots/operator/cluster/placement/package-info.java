/** Tests of where pods run. */
@NullMarked
package io.generalbots.operator.cluster.placement;

import org.jspecify.annotations.NullMarked;
