/** Which components a BotCluster has. */
@NullMarked
package io.generalbots.operator.cluster.features;

import org.jspecify.annotations.NullMarked;
