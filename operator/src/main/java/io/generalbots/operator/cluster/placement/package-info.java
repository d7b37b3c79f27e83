/** Where pods run and how they are pulled, whoever's they are. */
@NullMarked
package io.generalbots.operator.cluster.placement;

import org.jspecify.annotations.NullMarked;
