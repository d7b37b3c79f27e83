/** The kind BotCluster: its components and what its status says. */
@NullMarked
package io.generalbots.operator.cluster;

import org.jspecify.annotations.NullMarked;
